/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the sources of pictures into data: URLs, as far as they are within the message. Used once, for one page. */
final class Pictures {
  private static final Pattern DATA = Pattern.compile("(?i)^data:image/[a-z0-9.+-]{1,20};base64,"); //$NON-NLS-1$
  private final Map<String, Reading.InlineImage> images;
  private final Map<String, Optional<String>> known = new HashMap<>();
  private long bytes;

  Pictures(Map<String, Reading.InlineImage> images) {
    this.images = images;
  }

  /** @param src of an img element; @return empty for what is remote, missing, too large or no picture */
  Optional<String> source(String src) {
    String source = src.strip();
    if (source.length() >= Limits.IMAGE_BYTES) {
      return Optional.empty();
    }
    if (source.regionMatches(true, 0, "cid:", 0, 4)) { //$NON-NLS-1$
      String id = source.substring(4);
      Optional<String> url = known.computeIfAbsent(id, this::inline);
      bytes += url.map(String::length).orElse(0);
      return bytes > 2L * Limits.ALL_IMAGE_BYTES ? Optional.empty() : url;
    }
    Matcher data = DATA.matcher(source);
    if (!data.find()) {
      return Optional.empty();
    }
    byte[] content = Words.base64(source.substring(data.end()));
    return Images.type(content).flatMap(type -> url(type, content));
  }

  private Optional<String> inline(String id) {
    Reading.InlineImage image = images.get(id);
    image = image == null ? images.get(decoded(id)) : image;
    return image == null ? Optional.empty() : url(image.mediaType(), image.content());
  }

  /** The bytes themselves, written anew, so that nothing but a picture can be in them. */
  private Optional<String> url(String type, byte[] content) {
    bytes += content.length;
    if (bytes > 2L * Limits.ALL_IMAGE_BYTES) {
      return Optional.empty();
    }
    return Optional.of("data:" + type + ";base64," + Base64.getEncoder().encodeToString(content)); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** A cid: URL is percent-encoded (RFC 2392). */
  private static String decoded(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int code = text.charAt(i) == '%' ? Words.hex(text, i + 1) : -1;
      out.append(code >= 0 ? (char) code : text.charAt(i));
      i += code >= 0 ? 2 : 0;
    }
    return out.toString();
  }
}
