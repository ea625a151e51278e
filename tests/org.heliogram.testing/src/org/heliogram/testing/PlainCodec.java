/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.service.MimeCodec;

/** Reads the simplest headers only: Subject, From and Message-ID, each on one line. */
public final class PlainCodec implements MimeCodec {
  @Override
  public Envelope envelope(byte[] header) {
    String text = new String(header, StandardCharsets.UTF_8);
    String from = field(text, "From");
    List<Address> sender = from.isEmpty() ? List.of() : List.of(new Address("", from));
    return new Envelope(field(text, "Subject"), sender, List.of(), List.of(), List.of(), Optional.empty(), field(text, "Message-ID"), "", List.of());
  }

  private static String field(String header, String name) {
    return header.lines().takeWhile(l -> !l.isEmpty()).filter(l -> l.startsWith(name + ": ")).map(l -> l.substring(name.length() + 2)).findFirst()
        .orElse("");
  }

  @Override
  public Summary summarise(InputStream message) throws IOException {
    return new Summary(envelope(message.readAllBytes()), false);
  }

  @Override
  public String text(Body body) throws IOException {
    return new String(body.bytes(1_000_000), StandardCharsets.UTF_8);
  }

  @Override
  public String html(Body body) throws IOException {
    return "<pre>" + text(body).replace("&", "&amp;").replace("<", "&lt;") + "</pre>";
  }
}
