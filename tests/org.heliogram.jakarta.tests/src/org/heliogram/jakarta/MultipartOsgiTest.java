/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

/** The same inside OSGi, where every bundle has a class loader of its own. */
@Tag("osgi")
class MultipartOsgiTest extends MultipartTest {
  @Test
  void theLibraryIsTheBundleAndNotPartOfOurs() {
    assertEquals("org.eclipse.angus.jakarta.mail", FrameworkUtil.getBundle(SMTPTransport.class).getSymbolicName());
    assertEquals("org.heliogram.jakarta", FrameworkUtil.getBundle(MailHandlers.class).getSymbolicName());
    assertNotSame(MailHandlers.class.getClassLoader(), SMTPTransport.class.getClassLoader());
  }
}
