/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import jakarta.activation.CommandMap;
import jakarta.activation.DataContentHandler;
import jakarta.activation.MailcapCommandMap;
import java.util.Locale;
import org.eclipse.angus.mail.handlers.message_rfc822;
import org.eclipse.angus.mail.handlers.multipart_mixed;
import org.eclipse.angus.mail.handlers.text_html;
import org.eclipse.angus.mail.handlers.text_plain;
import org.eclipse.angus.mail.handlers.text_xml;

/**
 * Knows how the parts of a mail are written. Without it Angus finds no handler for multiparts in OSGi ("no object DCH"), because it looks
 * for its mailcap file by the context class loader. The map is one for the whole Java process, so everything that is not mail's is left
 * to whatever was there before.
 */
final class MailHandlers extends MailcapCommandMap {
  private final CommandMap before;

  private MailHandlers(CommandMap before) {
    this.before = before;
  }

  /** Does so once, whoever calls first. */
  static synchronized void install() {
    CommandMap now = CommandMap.getDefaultCommandMap();
    if (!(now instanceof MailHandlers)) {
      CommandMap.setDefaultCommandMap(new MailHandlers(now));
    }
  }

  @Override
  public DataContentHandler createDataContentHandler(String type) {
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT); //$NON-NLS-1$
    return switch (bare) {
      case "text/plain" -> new text_plain(); //$NON-NLS-1$
      case "text/html" -> new text_html(); //$NON-NLS-1$
      case "text/xml" -> new text_xml(); //$NON-NLS-1$
      case "message/rfc822" -> new message_rfc822(); //$NON-NLS-1$
      default -> bare.startsWith("multipart/") ? new multipart_mixed() : before.createDataContentHandler(type); //$NON-NLS-1$
    };
  }
}
