/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Prints one message: as text, as safe HTML, or byte for byte. Does not mark it as read. */
final class ShowCommand implements Command {
  private static final long LARGEST_OBJECT = 500_000_000;
  private static final List<String> FORMS = List.of("raw", "text", "html"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  @Override
  public Syntax syntax() {
    return new Syntax("show", Set.copyOf(FORMS), Set.of(), 1, 1, Messages.Usage_show); //$NON-NLS-1$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, MailException, StoreException, CredentialException, IOException {
    List<String> asked = FORMS.stream().filter(arguments::has).toList();
    if (asked.size() > 1) {
      throw CommandException.usage(Messages.Show_oneForm);
    }
    String form = asked.isEmpty() ? "text" : asked.get(0); //$NON-NLS-1$
    MessageSummary message = Places.messages(desk.store(), arguments.others()).get(0);
    Body body = Bodies.whole(desk, message.key());
    if (desk.output().json()) {
      String content = content(form, body, desk);
      desk.output().result(() -> content, () -> object(message, form, content));
    } else if (form.equals("raw")) { //$NON-NLS-1$
      try (InputStream in = body.open()) {
        desk.output().octets(in);
      }
    } else if (form.equals("html")) { //$NON-NLS-1$
      desk.output().octets(new ByteArrayInputStream(desk.codec().html(body).getBytes(StandardCharsets.UTF_8)));
    } else {
      desk.output().text(desk.codec().text(body));
    }
    return Status.DONE;
  }

  /** Raw content in an object has one character for each octet. */
  private static String content(String form, Body body, Desk desk) throws IOException {
    return switch (form) {
      case "raw" -> new String(body.bytes(LARGEST_OBJECT), StandardCharsets.ISO_8859_1); //$NON-NLS-1$
      case "html" -> desk.codec().html(body); //$NON-NLS-1$
      default -> desk.codec().text(body);
    };
  }

  private static Map<String, Object> object(MessageSummary message, String form, String content) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", message.key().value()); //$NON-NLS-1$
    object.put("form", form); //$NON-NLS-1$
    object.put("content", content); //$NON-NLS-1$
    return object;
  }
}
