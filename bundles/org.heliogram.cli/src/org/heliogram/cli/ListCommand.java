/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** Prints the messages of a folder, newest first. */
final class ListCommand implements Command {
  private static final int PAGE = 1_000;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"); //$NON-NLS-1$

  @Override
  public Syntax syntax() {
    return new Syntax("list", Set.of("unread"), Set.of("folder", "limit"), 0, 0, Messages.Usage_list); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    Places.Place place = Places.read(desk.store()).folder(arguments.required("folder")); //$NON-NLS-1$
    Optional<Integer> limit = arguments.number("limit", 1, 100_000_000); //$NON-NLS-1$
    var query = new Query(place.folder().key(), Query.Column.DATE, true, arguments.has("unread")); //$NON-NLS-1$
    MessageKeys keys = desk.store().read(reader -> limit.isPresent() && limit.get() <= PAGE ? reader.first(query, limit.get()) : reader.list(query));
    int count = Math.min(keys.size(), limit.orElse(Integer.MAX_VALUE));
    for (int from = 0; from < count; from += PAGE) {
      var page = keys.subList(from, Math.min(count, from + PAGE));
      List<MessageSummary> summaries = desk.store().read(reader -> reader.summaries(page));
      summaries.forEach(summary -> desk.output().result(() -> line(summary), () -> object(place.name(), summary)));
    }
    return Status.DONE;
  }

  private static String line(MessageSummary message) {
    String marks = (message.unread() ? "N" : " ") + (message.flags().has(Flag.FLAGGED) ? "*" : " ") + (message.attachments() ? "@" : " "); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
    String from = message.from().display();
    String shortFrom = from.codePointCount(0, from.length()) > 25 ? from.substring(0, from.offsetByCodePoints(0, 25)) : from;
    return "%8s %s %s  %-25s  %s".formatted(message.key(), marks, DATE.format(message.date().atZone(ZoneId.systemDefault())), shortFrom, //$NON-NLS-1$
        message.subject());
  }

  private static Map<String, Object> object(String folder, MessageSummary message) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", message.key().value()); //$NON-NLS-1$
    object.put("folder", folder); //$NON-NLS-1$
    object.put("flags", FlagNames.of(message.flags())); //$NON-NLS-1$
    object.put("from", object(message.from())); //$NON-NLS-1$
    object.put("to", object(message.to())); //$NON-NLS-1$
    object.put("subject", message.subject()); //$NON-NLS-1$
    object.put("date", message.date()); //$NON-NLS-1$
    object.put("received", message.received()); //$NON-NLS-1$
    object.put("size", message.sizeInBytes()); //$NON-NLS-1$
    object.put("attachments", message.attachments()); //$NON-NLS-1$
    object.put("messageId", message.messageIdHeader()); //$NON-NLS-1$
    object.put("body", message.body().name().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
    object.put("queued", message.queued()); //$NON-NLS-1$
    return object;
  }

  private static Map<String, Object> object(Address address) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", address.name()); //$NON-NLS-1$
    object.put("address", address.mailbox()); //$NON-NLS-1$
    return object;
  }
}
