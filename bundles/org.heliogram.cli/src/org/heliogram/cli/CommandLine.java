/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;

/** Does what the words of a command line say. */
final class CommandLine {
  private static final List<String> HELP = List.of("help", "--help", "-h", "-help"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private final Map<String, Command> commands = new LinkedHashMap<>();

  CommandLine() {
    List.of(new AddAccountCommand(), new AccountsCommand(), new RemoveAccountCommand(), new SyncCommand(), new FoldersCommand(),
        new ListCommand(), new ShowCommand(), new FlagCommand(), TransferCommand.move(), TransferCommand.copy(), new DeleteCommand(),
        new ExportCommand(), new ChangesCommand(), new CheckCommand()).forEach(command -> commands.put(command.syntax().name(), command));
  }

  /** Whether these words can be answered without any service. */
  boolean isHelp(List<String> words) {
    return words.isEmpty() || HELP.contains(words.get(0)) || words.contains("--help"); //$NON-NLS-1$
  }

  /** Answers a question for help, or says that there was no command. */
  Status help(List<String> words, Output output) {
    if (words.isEmpty()) {
      output.note(Messages.Usage_noCommand);
      return Status.WRONG_USAGE;
    }
    String about = HELP.contains(words.get(0)) ? words.size() > 1 ? words.get(1) : null : words.get(0);
    if (about == null || HELP.contains(about)) {
      output.text(Messages.Usage_all);
      return Status.DONE;
    }
    Command command = commands.get(about);
    if (command == null) {
      output.note(NLS.bind(Messages.Usage_unknownCommand, about));
      return Status.WRONG_USAGE;
    }
    output.text(command.syntax().usage());
    return Status.DONE;
  }

  /** Runs one command and says on standard error what went wrong, if anything did. */
  Status run(List<String> words, Desk desk) {
    if (isHelp(words)) {
      return help(words, desk.output());
    }
    try {
      Command command = commands.get(words.get(0));
      if (command == null) {
        throw CommandException.usage(NLS.bind(Messages.Usage_unknownCommand, words.get(0)));
      }
      Arguments arguments = Arguments.parse(command.syntax(), words.subList(1, words.size()));
      requireStore(desk);
      return command.run(arguments, desk.with(desk.output().withJson(arguments.has("json")))); //$NON-NLS-1$
    } catch (CommandException | MailException | StoreException | CredentialException | IOException | OperationCanceledException e) {
      Trouble trouble = Trouble.of(e);
      desk.output().note(trouble.sentence());
      return trouble.status();
    }
  }

  private static void requireStore(Desk desk) throws CommandException {
    switch (desk.store().open()) {
      case StoreState.Open open -> { }
      case StoreState.Closed closed -> { }
      case StoreState.InUse inUse -> throw new CommandException(Status.STORE_IN_USE, NLS.bind(Messages.Trouble_storeInUse, inUse.holder()));
      case StoreState.Damaged damaged -> desk.output().note(NLS.bind(Messages.Store_damaged, damaged.saved()));
      case StoreState.Lost lost -> desk.output().note(NLS.bind(Messages.Store_lost, lost.folder()));
      case StoreState.Failed failed -> throw CommandException.failed(NLS.bind(Messages.Store_failed, failed.folder(), failed.why()));
    }
  }
}
