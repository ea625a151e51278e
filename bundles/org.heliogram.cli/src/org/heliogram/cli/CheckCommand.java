/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.StoreException;

/** Verifies the store. */
final class CheckCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("check", Set.of(), Set.of(), 0, 0, Messages.Usage_check); //$NON-NLS-1$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws StoreException {
    List<Finding> findings = desk.store().check(desk.monitor());
    for (Finding finding : findings) {
      desk.output().result(finding::what, () -> Map.of("finding", finding.what())); //$NON-NLS-1$
    }
    if (findings.isEmpty()) {
      desk.output().result(() -> Messages.Check_well, () -> Map.of("findings", 0)); //$NON-NLS-1$
      return Status.DONE;
    }
    desk.output().note(NLS.bind(Messages.Check_ill, findings.size()));
    return Status.FAILED;
  }
}
