/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Optional;
import java.util.function.Function;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;

/**
 * Makes the page a message is shown as. The page holds no script and no remote reference and forbids both again by its own
 * Content-Security-Policy; it is safe in a browser whatever the mail says, but show it with script off all the same. Stateless, on any
 * thread but the UI's. Never throws for bad content.
 */
public final class SafeHtml {
  private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"; //$NON-NLS-1$

  private SafeHtml() {}

  /** HTML where the message has some, else its plain text. */
  public static Page page(Reading reading, Look look) {
    return page(reading, look, Section::html);
  }

  /** The plain text, also of messages that have HTML. */
  public static Page plainPage(Reading reading, Look look) {
    return page(reading, look, section -> section.plain().isPresent() ? Optional.empty() : section.html());
  }

  private static Page page(Reading reading, Look look, Function<Section, Optional<String>> choice) {
    try {
      return build(reading, look, choice);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // the one boundary: whatever a library makes of hostile markup, the user sees the text
      System.getLogger(SafeHtml.class.getName()).log(System.Logger.Level.WARNING, "page shown as text: {0}", e.getClass().getName()); //$NON-NLS-1$
      return new Page(frame(look, "", TextPage.of(sourceOf(reading), true)), 0); //$NON-NLS-1$
    }
  }

  private static Page build(Reading reading, Look look, Function<Section, Optional<String>> choice) {
    var sanitiser = new Sanitiser(reading.images(), look.dark());
    var style = new StringBuilder();
    var body = new StringBuilder();
    int number = 0;
    for (Section section : reading.sections()) {
      body.append(number == 0 ? "" : "<hr class=\"hg-rule\">"); //$NON-NLS-1$ //$NON-NLS-2$
      section.heading().ifPresent(heading -> body.append(heading(heading.envelope())));
      Optional<String> html = choice.apply(section);
      if (html.isPresent()) {
        Sanitiser.Safe safe = sanitiser.sanitise(html.get(), ".hg-s" + number); //$NON-NLS-1$
        style.append(safe.style());
        body.append("<div class=\"hg-html hg-s").append(number).append("\" dir=\"auto\">").append(safe.markup()).append("</div>"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      } else {
        body.append(TextPage.of(section.plain().orElse(""), section.code())); //$NON-NLS-1$
      }
      number++;
    }
    return new Page(frame(look, style.toString(), body.toString()), sanitiser.remote());
  }

  /** The text of a message without any markup: the plain text, or the HTML as text. */
  public static String plainText(Reading reading) {
    var text = new StringBuilder();
    for (Section section : reading.sections()) {
      if (!text.isEmpty()) {
        text.append(text.charAt(text.length() - 1) == '\n' ? "" : "\n").append('\n'); //$NON-NLS-1$ //$NON-NLS-2$
      }
      section.heading().ifPresent(heading -> text.append(headingText(heading.envelope())).append('\n'));
      text.append(section.plain().or(() -> section.html().map(SafeHtml::htmlText)).orElse("")); //$NON-NLS-1$
    }
    return text.toString();
  }

  private static String htmlText(String html) {
    try {
      return HtmlText.of(html);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      System.getLogger(SafeHtml.class.getName()).log(System.Logger.Level.WARNING, "HTML shown as source: {0}", e.getClass().getName()); //$NON-NLS-1$
      return html;
    }
  }

  private static String sourceOf(Reading reading) {
    var text = new StringBuilder();
    reading.sections().forEach(section -> text.append(section.plain().or(section::html).orElse("")).append('\n')); //$NON-NLS-1$
    return text.toString();
  }

  private static String heading(Envelope envelope) {
    return "<div class=\"hg-heading\">" + TextPage.of(headingText(envelope), false) + "</div>"; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Subject, sender and date of a message within the message: names of fields are those of RFC 5322, which need no translation. */
  private static String headingText(Envelope envelope) {
    var text = new StringBuilder();
    for (Address address : envelope.from()) {
      text.append("From: ").append(address.name()); //$NON-NLS-1$
      text.append(address.mailbox().isEmpty() ? "" : " <" + address.mailbox() + '>').append('\n'); //$NON-NLS-1$ //$NON-NLS-2$
    }
    envelope.date().ifPresent(date -> text.append("Date: ").append(date).append('\n')); //$NON-NLS-1$
    return text.append("Subject: ").append(envelope.subject()).append('\n').toString(); //$NON-NLS-1$
  }

  private static String frame(Look look, String style, String body) {
    return """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="referrer" content="no-referrer">
        <title></title>
        <style>
        %s%s%s</style></head>
        <body>%s</body></html>
        """.formatted(POLICY, base(look), look.dark() ? DARK : LIGHT, style, body); //$NON-NLS-1$
  }

  private static String base(Look look) {
    return """
        html{background:%s;color:%s}
        body{margin:12px;background:%s;color:%s;font-family:system-ui,sans-serif;font-size:10.5pt;overflow-wrap:break-word}
        a{color:%s}
        """.formatted(look.background(), look.foreground(), look.background(), look.foreground(), look.link()) + COMMON; //$NON-NLS-1$
  }

  private static final String COMMON = """
      img{max-width:100%;height:auto}
      table{max-width:100%}
      pre{white-space:pre-wrap}
      .hg-html{position:relative;overflow:auto;contain:content}
      .hg-text{white-space:pre-wrap;unicode-bidi:plaintext;text-align:start;line-height:1.4}
      .hg-code{font-family:ui-monospace,monospace;font-size:9.5pt;tab-size:4}
      .hg-q{margin:0 0 0 2px;padding:0 0 0 10px;border-left:3px solid;unicode-bidi:plaintext}
      .hg-sig{opacity:.65}
      .hg-rule{border:0;border-top:1px solid #888888;margin:14px 0}
      .hg-heading{border:1px solid #888888;border-radius:4px;padding:6px 10px;margin-bottom:10px}
      .hg-picture{display:inline-block;border:1px dashed #888888;border-radius:3px;padding:2px 6px;font-size:smaller}
      .hg-file{font-weight:bold}
      """; //$NON-NLS-1$
  private static final String LIGHT = """
      .hg-q{color:#2d5f9a}.hg-q2{color:#1e7a46}.hg-q3{color:#8a5a00}.hg-q4{color:#8a2f6b}.hg-q5{color:#2d5f9a}.hg-q6{color:#1e7a46}
      .hg-added{background:#e3f6e5;color:#0f5323}.hg-removed{background:#fde8e8;color:#7d1a1a}.hg-hunk{color:#6a3fb5}
      """; //$NON-NLS-1$
  private static final String DARK = """
      .hg-q{color:#8ab4e8}.hg-q2{color:#7fcf9b}.hg-q3{color:#e0b866}.hg-q4{color:#dd9ac6}.hg-q5{color:#8ab4e8}.hg-q6{color:#7fcf9b}
      .hg-added{background:#16351f;color:#b5e6c1}.hg-removed{background:#3f1d1d;color:#f2bcbc}.hg-hunk{color:#c3a6f7}
      """; //$NON-NLS-1$
}
