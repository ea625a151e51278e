/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.List;
import org.eclipse.core.runtime.IProduct;
import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The product as it runs: in a workbench of its own. */
@Tag("ui")
class ProductTest {
  @Test
  void everyWindowImageIsThere() {
    IProduct product = Platform.getProduct();
    Bundle bundle = product.getDefiningBundle();

    List<String> missing = Arrays.stream(product.getProperty("windowImages").split(","))
        .filter(path -> bundle.getEntry(path) == null).toList();

    assertEquals(List.of(), missing);
    assertNotNull(bundle.getEntry(product.getProperty("aboutImage")));
  }

  @Test
  void windowOpensWithTheMailPerspective() {
    IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();

    assertEquals("org.heliogram.ui.perspective", page.getPerspective().getId());
  }

  @Test
  void menusStandInTheOrderOfAnIde() {
    Menu bar = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell().getMenuBar();

    List<String> words = Arrays.stream(bar.getItems()).map(item -> item.getText().replace("&", "")).toList();

    assertEquals(List.of("File", "Edit", "Mail", "Window", "Help"), words);
  }

  @Test
  void progressViewOpens() throws Exception {
    IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();

    IViewPart view = page.showView("org.eclipse.ui.views.ProgressView");

    assertEquals("org.eclipse.ui.internal.progress.ProgressView", view.getClass().getName());
    page.hideView(view);
  }

  @Test
  void windowShowsOurImages() {
    Image[] images = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell().getImages();

    assertEquals(7, images.length);
  }
}
