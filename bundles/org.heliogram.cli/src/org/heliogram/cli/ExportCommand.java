/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** Writes the messages of a folder to files, oldest first; fetches contents that are not here. */
final class ExportCommand implements Command {
  private static final int PAGE = 100;

  private enum Format { EML, MBOX }

  @Override
  public Syntax syntax() {
    return new Syntax("export", Set.of(), Set.of("folder", "to", "format"), 0, 0, Messages.Usage_export); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, MailException, StoreException, CredentialException, IOException {
    arguments.required("format"); //$NON-NLS-1$
    Format format = arguments.choice("format", Set.of(Format.values())).orElseThrow(); //$NON-NLS-1$
    Path to = Path.of(arguments.required("to")).toAbsolutePath().normalize(); //$NON-NLS-1$
    Places.Place place = Places.read(desk.store()).folder(arguments.required("folder")); //$NON-NLS-1$
    MessageKeys keys = desk.store().read(reader -> reader.list(new Query(place.folder().key(), Query.Column.DATE, false, false)));
    int missing = 0;
    try (Export export = switch (format) {
      case EML -> new EmlExport(to);
      case MBOX -> new MboxExport(to);
    }) {
      for (int from = 0; from < keys.size(); from += PAGE) {
        desk.output().progress(NLS.bind(Messages.Export_progress, from, keys.size()));
        missing += page(keys.subList(from, Math.min(keys.size(), from + PAGE)), export, desk);
      }
      export.finish();
    }
    int left = missing;
    desk.output().result(() -> NLS.bind(Messages.Export_done, keys.size() - left, to), () -> {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("exported", keys.size() - left); //$NON-NLS-1$
      object.put("missing", left); //$NON-NLS-1$
      object.put("to", to); //$NON-NLS-1$
      return object;
    });
    return missing == 0 ? Status.DONE : Status.FAILED;
  }

  /** @return how many could not be had */
  private static int page(List<org.heliogram.core.model.MessageKey> keys, Export export, Desk desk)
      throws MailException, StoreException, CredentialException, IOException {
    List<MessageSummary> messages = desk.store().read(reader -> reader.summaries(keys));
    int missing = keys.size() - messages.size();
    for (MessageSummary message : messages) {
      if (desk.monitor().isCanceled()) {
        throw new OperationCanceledException();
      }
      Body body;
      try {
        body = Bodies.whole(desk, message.key());
      } catch (MailException.Refused | MailException.Stale e) {
        desk.output().note(NLS.bind(Messages.Export_missing, message.key(), Trouble.of(e).sentence()));
        missing++;
        continue;
      }
      export.add(message, body);
    }
    return missing;
  }
}
