/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;

/**
 * Makes, renames, deletes and subscribes to mailboxes (RFC 3501 section 6.3). After a refusal it is looked whether things are as they
 * were to be: an earlier attempt whose answer was lost, or another client, did it.
 */
final class FolderCommands {
  private static final String INBOX = "INBOX"; //$NON-NLS-1$
  private final ImapConnection imap;

  FolderCommands(ImapConnection imap) {
    this.imap = imap;
  }

  Optional<RemoteFolder> perform(FolderCommand command) throws IOException, MailException {
    return switch (command) {
      case FolderCommand.Create create -> Optional.of(create(name(create.parent(), create.path()), create));
      case FolderCommand.Rename rename -> Optional.of(rename(rename.folder(), name(rename.parent(), rename.to()), rename.to()));
      case FolderCommand.Delete delete -> delete(delete.folder());
      case FolderCommand.Subscribe subscribe -> {
        imap.await(imap.send(subscription(subscribe.subscribed(), subscribe.folder().name())), Answers.none()).requireOk("SUBSCRIBE"); //$NON-NLS-1$
        yield Optional.of(subscribe.folder().withSubscribed(subscribe.subscribed()));
      }
    };
  }

  private String subscription(boolean subscribed, String name) {
    return (subscribed ? "SUBSCRIBE " : "UNSUBSCRIBE ") + imap.names().argument(name); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private Optional<FolderListing.Listed> find(String name) throws IOException, MailException {
    return new FolderListing(imap).one(name);
  }

  private RemoteFolder create(String name, FolderCommand.Create create) throws IOException, MailException {
    String use = imap.can("CREATE-SPECIAL-USE") ? FolderRoles.attribute(create.role()) : ""; //$NON-NLS-1$ //$NON-NLS-2$
    Status status = imap.await(imap.send("CREATE " + imap.names().argument(name) + (use.isEmpty() ? "" : " (USE (" + use + "))")), Answers.none()); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    if (!status.ok() && !use.isEmpty() && !status.busy()) {
      status = imap.await(imap.send("CREATE " + imap.names().argument(name)), Answers.none()); //$NON-NLS-1$ // [USEATTR] (RFC 6154 section 3), or it is there.
    }
    if (!status.ok()) {
      Optional<FolderListing.Listed> there = find(name).filter(listed -> listed.folder().selectable());
      if (there.isEmpty()) {
        status.requireOk("CREATE"); //$NON-NLS-1$
      }
    }
    imap.await(imap.send(subscription(true, name)), Answers.none()); // Other programs may show only what is subscribed to.
    return find(name).map(FolderListing.Listed::folder)
        .orElseGet(() -> new RemoteFolder(name, create.path(), FolderRole.NONE, Keeping.MIRRORED, true));
  }

  private RemoteFolder rename(RemoteFolder folder, String to, FolderPath path) throws IOException, MailException {
    requireNotInbox(folder);
    if (to.equals(folder.name())) {
      return folder;
    }
    List<String> subscribed = subscribed(folder.name());
    leave(folder.name());
    Status status = imap.await(imap.send("RENAME " + imap.names().argument(folder.name()) + ' ' + imap.names().argument(to)), Answers.none()); //$NON-NLS-1$
    if (!status.ok() && (find(folder.name()).isPresent() || find(to).isEmpty())) {
      status.requireOk("RENAME"); //$NON-NLS-1$
    }
    resubscribe(subscribed, folder.name(), to);
    return find(to).map(FolderListing.Listed::folder).orElseGet(() -> folder.renamed(to, path));
  }

  /** What of a folder and the folders in it is subscribed to: a server need not take subscriptions along. */
  private List<String> subscribed(String name) throws IOException, MailException {
    var found = new ArrayList<String>();
    imap.await(imap.send("LSUB \"\" " + imap.names().pattern(name, "*")), (number, answer, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
      if (!answer.equals("LSUB")) { //$NON-NLS-1$
        return false;
      }
      in.skipValue();
      in.spaces();
      String delimiter = in.string();
      in.spaces();
      String told = in.string();
      String listed = told == null ? null : imap.names().kept(told);
      // Some servers list more than they were asked for.
      if (listed != null && (listed.equals(name) || delimiter != null && listed.startsWith(name + delimiter))) {
        found.add(listed);
      }
      return true;
    });
    return found;
  }

  private void resubscribe(List<String> names, String from, String to) throws IOException, MailException {
    var tags = new ArrayList<String>();
    for (String name : names) {
      tags.add(imap.prepare(subscription(true, to + name.substring(from.length()))));
      tags.add(imap.prepare(subscription(false, name)));
    }
    imap.connection().flush();
    for (String tag : tags) {
      imap.await(tag, Answers.none());
    }
  }

  /** The folders in it stay; then it stays too, but cannot be opened (RFC 3501 section 6.3.4). */
  private Optional<RemoteFolder> delete(RemoteFolder folder) throws IOException, MailException {
    requireNotInbox(folder);
    leave(folder.name());
    Status status = imap.await(imap.send("DELETE " + imap.names().argument(folder.name())), Answers.none()); //$NON-NLS-1$
    Optional<RemoteFolder> left = find(folder.name()).map(FolderListing.Listed::folder);
    if (left.isPresent() && left.get().selectable() || left.isPresent() && !folder.selectable()) {
      status.requireOk("DELETE"); //$NON-NLS-1$
      throw new MailException.Refused("deleted, but still there", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    imap.await(imap.send(subscription(false, folder.name())), Answers.none());
    return left.map(listed -> listed.withSubscribed(false));
  }

  private static void requireNotInbox(RemoteFolder folder) throws MailException {
    if (Mailbox.sameName(folder.name(), INBOX)) {
      throw new MailException.Refused("never the inbox", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** Some servers end the connection when a mailbox that is selected goes. CLOSE would expunge what others marked. */
  private void leave(String name) throws IOException, MailException {
    if (imap.selected().filter(mailbox -> Mailbox.sameName(mailbox.name(), name)).isPresent()) {
      imap.select(INBOX);
    }
  }

  /** What the server is to call a folder. */
  private String name(Optional<RemoteFolder> parent, FolderPath path) throws IOException, MailException {
    if (parent.isPresent()) {
      String delimiter = find(parent.get().name()).map(FolderListing.Listed::delimiter).orElse(new FolderListing(imap).delimiter());
      return parent.get().name() + require(delimiter) + segment(path.name(), delimiter);
    }
    String delimiter = new FolderListing(imap).delimiter();
    String joined = path.segments().size() == 1 ? segment(path.name(), delimiter) : joined(path, require(delimiter));
    return prefix(path) + joined;
  }

  private static String require(String delimiter) throws MailException {
    if (delimiter.isEmpty()) {
      throw new MailException.Refused("this server has no folders in folders", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return delimiter;
  }

  private static String joined(FolderPath path, String delimiter) throws MailException {
    var segments = new ArrayList<String>();
    for (String segment : path.segments()) {
      segments.add(segment(segment, delimiter));
    }
    return String.join(delimiter, segments);
  }

  private static String segment(String text, String delimiter) throws MailException {
    if (!delimiter.isEmpty() && text.contains(delimiter) || text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new MailException.Refused("a name with " + (delimiter.isEmpty() ? "a control character" : delimiter), "", null); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    return ModifiedUtf7.encode(Normalizer.normalize(text, Normalizer.Form.NFC)); // RFC 5198, which RFC 6855 section 3 wants of names.
  }

  /** Where the user's own folders are (RFC 2342): Courier, for one, has all of them below INBOX. */
  private String prefix(FolderPath path) throws IOException, MailException {
    String[] prefix = {""}; //$NON-NLS-1$
    if (imap.can("NAMESPACE")) { //$NON-NLS-1$
      imap.await(imap.send("NAMESPACE"), (number, answer, in) -> answer.equals("NAMESPACE") && takePersonal(in, prefix)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    boolean below = path.segments().size() > 1 && prefix[0].toUpperCase(Locale.ROOT).startsWith(INBOX)
        && path.segments().get(0).equalsIgnoreCase(INBOX);
    return below ? "" : prefix[0]; //$NON-NLS-1$
  }

  private boolean takePersonal(ResponseReader in, String[] prefix) throws IOException {
    if (in.accept('(') && in.accept('(')) {
      String told = in.string();
      prefix[0] = told == null ? "" : imap.names().kept(told); //$NON-NLS-1$
    }
    return true;
  }
}
