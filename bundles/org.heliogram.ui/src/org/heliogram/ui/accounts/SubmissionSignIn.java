/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

/** How to sign in where mail is handed in. */
enum SubmissionSignIn {
  /** With the user name and password of the incoming server. */
  SAME,
  /** With others. */
  OTHER,
  /** Not at all. */
  NONE
}
