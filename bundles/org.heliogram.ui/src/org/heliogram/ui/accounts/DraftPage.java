/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;

/** A page that starts with a prompt and becomes an error only where something wrong was typed. */
abstract class DraftPage extends WizardPage {
  private final String allFilledIn;

  /** @param allFilledIn what to say when nothing is missing */
  DraftPage(String name, String title, String allFilledIn) {
    super(name);
    this.allFilledIn = allFilledIn;
    setTitle(title);
    setPageComplete(false);
  }

  /** The first thing, in the order of the fields, that is missing or wrong. */
  abstract Check check();

  final void checked() {
    Check check = check();
    switch (check) {
      case Check.Fine fine -> say(null, allFilledIn);
      case Check.Missing missing -> say(null, missing.prompt());
      case Check.Wrong wrong -> say(wrong.error(), allFilledIn);
    }
    setPageComplete(check instanceof Check.Fine);
  }

  private void say(String error, String message) {
    setErrorMessage(error);
    setMessage(message, IMessageProvider.NONE);
  }
}
