/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.activation.CommandMap;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.Message.RecipientType;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends and reads multiparts, on a flat class path and, as {@link MultipartOsgiTest}, through the real bundles. */
class MultipartTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private static MimeMessage message(Session session) throws Exception {
    var text = new MimeBodyPart();
    text.setText("gr\u00fcn", "UTF-8");
    var html = new MimeBodyPart();
    html.setText("<p>gr\u00fcn", "UTF-8", "html");
    var alternative = new MimeMultipart("alternative", text, html);
    var body = new MimeBodyPart();
    body.setContent(alternative);
    var inner = new MimeMessage(session);
    inner.setText("inner");
    var attached = new MimeBodyPart();
    attached.setContent(inner, "message/rfc822");
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("a@example.org"));
    message.setRecipient(RecipientType.TO, new InternetAddress("b@example.org"));
    message.setContent(new MimeMultipart("mixed", body, attached));
    message.saveChanges();
    return message;
  }

  /** An SMTP server for one message. @return its octets */
  private static String sent(ClassLoader context) throws Exception {
    var data = new CompletableFuture<String>();
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("220 ready");
      for (String line = dialogue.line(); !line.equals("QUIT"); line = dialogue.line()) {
        dialogue.reply(line.equals("DATA") ? "354 go on" : "250 ok");
        if (line.equals("DATA")) {
          var text = new StringBuilder();
          for (String piece = dialogue.line(); !piece.equals("."); piece = dialogue.line()) {
            text.append(piece).append("\r\n");
          }
          data.complete(text.toString());
          dialogue.reply("250 taken");
        }
      }
      dialogue.reply("221 bye");
    })) {
      Thread.currentThread().setContextClassLoader(context);
      MailHandlers.install();
      Session session = Session.getInstance(new Properties());
      var transport = new SMTPTransport(session, new URLName("smtp", "localhost", server.port(), null, null, null));
      MimeMessage message = message(session);
      transport.connect(new Socket("localhost", server.port()));
      transport.sendMessage(message, message.getAllRecipients());
      transport.close();
      return data.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void trap71MultipartsAreSentAndReadWhateverTheContextClassLoader() throws Exception {
    for (ClassLoader context : new ClassLoader[] {before, null, MultipartTest.class.getClassLoader(), ClassLoader.getPlatformClassLoader(),
        SMTPTransport.class.getClassLoader()}) {
      String octets = sent(context);

      var read = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
      Multipart mixed = assertInstanceOf(Multipart.class, read.getContent());
      Multipart alternative = assertInstanceOf(Multipart.class, mixed.getBodyPart(0).getContent());
      assertEquals("gr\u00fcn", alternative.getBodyPart(0).getContent());
      assertEquals("<p>gr\u00fcn", alternative.getBodyPart(1).getContent());
      assertEquals("inner", assertInstanceOf(MimeMessage.class, mixed.getBodyPart(1).getContent()).getContent().toString().strip());
    }
  }

  @Test
  void theHandlersAreInstalledOnceAndLeaveOtherTypesAlone() {
    MailHandlers.install();
    CommandMap installed = CommandMap.getDefaultCommandMap();
    MailHandlers.install();

    assertSame(installed, CommandMap.getDefaultCommandMap());
    assertTrue(installed instanceof MailHandlers);
    assertEquals(null, installed.createDataContentHandler("application/x-heliogram-unheard-of"));
  }
}
