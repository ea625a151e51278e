/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import org.heliogram.core.backend.MailException;

/** What a sign-in tried out has shown, in words. */
sealed interface Verdict {
  /** All is well. */
  record Passed(String sentence) implements Verdict {}

  /**
   * It is not.
   *
   * @param certificate there if it was the certificate's fault and there is one to look at
   * @param unreachable whether nothing of the kind answers there
   */
  record Failed(String sentence, Optional<MailException.CertificateRefused> certificate, boolean unreachable) implements Verdict {
    Failed(String sentence, Optional<MailException.CertificateRefused> certificate) {
      this(sentence, certificate, false);
    }
  }
}
