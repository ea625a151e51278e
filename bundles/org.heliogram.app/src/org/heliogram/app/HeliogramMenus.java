/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;

/**
 * The menus an Eclipse IDE has, with the same ids, so that one contribution in a plugin.xml serves both. They are made
 * here and not in our own plugin.xml, because contributions must find the place they ask for.
 */
final class HeliogramMenus extends ActionBarAdvisor {
  HeliogramMenus(IActionBarConfigurer configurer) {
    super(configurer);
  }

  @Override
  protected void fillMenuBar(IMenuManager bar) {
    bar.add(fileMenu());
    bar.add(editMenu());
    bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    bar.add(windowMenu());
    bar.add(helpMenu());
  }

  private MenuManager fileMenu() {
    MenuManager menu = new MenuManager(Messages.Menu_file, IWorkbenchActionConstants.M_FILE);
    menu.add(new GroupMarker(IWorkbenchActionConstants.FILE_START));
    menu.add(new GroupMarker(IWorkbenchActionConstants.NEW_EXT));
    menu.add(new Separator(IWorkbenchActionConstants.SAVE_GROUP));
    menu.add(command(IWorkbenchCommandConstants.FILE_SAVE));
    menu.add(new GroupMarker(IWorkbenchActionConstants.SAVE_EXT));
    menu.add(new Separator(IWorkbenchActionConstants.PRINT_EXT));
    menu.add(command(IWorkbenchCommandConstants.FILE_PRINT));
    menu.add(new GroupMarker(IWorkbenchActionConstants.IMPORT_EXT));
    menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.FILE_RESTART));
    menu.add(command(IWorkbenchCommandConstants.FILE_EXIT));
    menu.add(new GroupMarker(IWorkbenchActionConstants.FILE_END));
    return menu;
  }

  private MenuManager editMenu() {
    MenuManager menu = new MenuManager(Messages.Menu_edit, IWorkbenchActionConstants.M_EDIT);
    menu.add(new GroupMarker(IWorkbenchActionConstants.EDIT_START));
    menu.add(command(IWorkbenchCommandConstants.EDIT_UNDO));
    menu.add(command(IWorkbenchCommandConstants.EDIT_REDO));
    menu.add(new GroupMarker(IWorkbenchActionConstants.UNDO_EXT));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.EDIT_CUT));
    menu.add(command(IWorkbenchCommandConstants.EDIT_COPY));
    menu.add(command(IWorkbenchCommandConstants.EDIT_PASTE));
    menu.add(new GroupMarker(IWorkbenchActionConstants.CUT_EXT));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.EDIT_DELETE));
    menu.add(command(IWorkbenchCommandConstants.EDIT_SELECT_ALL));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.EDIT_FIND_AND_REPLACE));
    menu.add(new GroupMarker(IWorkbenchActionConstants.FIND_EXT));
    menu.add(new GroupMarker(IWorkbenchActionConstants.ADD_EXT));
    menu.add(new GroupMarker(IWorkbenchActionConstants.EDIT_END));
    menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
    return menu;
  }

  private MenuManager windowMenu() {
    MenuManager menu = new MenuManager(Messages.Menu_window, IWorkbenchActionConstants.M_WINDOW);
    menu.add(command(IWorkbenchCommandConstants.WINDOW_NEW_WINDOW));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.PERSPECTIVES_SHOW_PERSPECTIVE));
    menu.add(command(IWorkbenchCommandConstants.VIEWS_SHOW_VIEW));
    menu.add(command(IWorkbenchCommandConstants.WINDOW_RESET_PERSPECTIVE));
    menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.WINDOW_PREFERENCES));
    return menu;
  }

  private MenuManager helpMenu() {
    MenuManager menu = new MenuManager(Messages.Menu_help, IWorkbenchActionConstants.M_HELP);
    menu.add(new GroupMarker(IWorkbenchActionConstants.HELP_START));
    menu.add(command("org.eclipse.ui.window.quickAccess")); //$NON-NLS-1$
    menu.add(command(IWorkbenchCommandConstants.WINDOW_SHOW_KEY_ASSIST));
    menu.add(new GroupMarker(IWorkbenchActionConstants.HELP_END));
    menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
    menu.add(new Separator());
    menu.add(command(IWorkbenchCommandConstants.HELP_ABOUT));
    return menu;
  }

  private CommandContributionItem command(String id) {
    IWorkbenchWindow window = getActionBarConfigurer().getWindowConfigurer().getWindow();
    return new CommandContributionItem(
        new CommandContributionItemParameter(window, null, id, CommandContributionItem.STYLE_PUSH));
  }
}
