/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.heliogram.mime.Attachment;

/** What can be done with attachments. Dialogs on the UI thread, files in jobs. */
final class AttachmentActions {
  private interface Writing {
    void run(SubMonitor monitor) throws IOException;
  }

  private final Shell shell;
  private final Executor ui;
  private final Consumer<String> problem;

  /** @param problem shows a sentence; called on the UI thread */
  AttachmentActions(Shell shell, Executor ui, Consumer<String> problem) {
    this.shell = shell;
    this.ui = ui;
    this.problem = problem;
  }

  /** Asks first where opening could run something. */
  void open(Attachment attachment) {
    if (AttachmentFiles.mayRun(attachment) && !confirmed(attachment)) {
      return;
    }
    start(NLS.bind(Messages.Attachment_opening, attachment.fileName()), monitor -> {
      Path folder = Files.createTempDirectory("heliogram"); // readable by its owner only //$NON-NLS-1$
      folder.toFile().deleteOnExit();
      Path file = AttachmentFiles.saveInto(folder, attachment, monitor);
      file.toFile().deleteOnExit();
      file.toFile().setReadOnly(); // changes would be lost with the copy
      ui.execute(() -> launch(file, attachment));
    });
  }

  private boolean confirmed(Attachment attachment) {
    String question = NLS.bind(Messages.Attachment_program, attachment.fileName());
    return MessageDialog.open(MessageDialog.WARNING, shell, Messages.Attachment_program_title, question, SWT.SHEET,
        Messages.Attachment_program_open, Messages.Attachment_program_cancel) == 0;
  }

  private void launch(Path file, Attachment attachment) {
    if (!Program.launch(file.toString())) {
      problem.accept(NLS.bind(Messages.Attachment_noProgram, attachment.fileName()));
    }
  }

  void save(Attachment attachment) {
    var dialog = new FileDialog(shell, SWT.SAVE | SWT.SHEET);
    dialog.setFileName(attachment.fileName());
    dialog.setOverwrite(true);
    String chosen = dialog.open();
    if (chosen != null) {
      Path file = Path.of(chosen);
      start(NLS.bind(Messages.Attachment_saving, attachment.fileName()), monitor -> AttachmentFiles.saveAs(file, attachment, monitor));
    }
  }

  void saveAll(List<Attachment> attachments) {
    var dialog = new DirectoryDialog(shell, SWT.SHEET);
    dialog.setText(Messages.Attachment_saveAll_title);
    dialog.setMessage(NLS.bind(Messages.Attachment_saveAll_message, attachments.size()));
    String chosen = dialog.open();
    if (chosen != null) {
      Path folder = new File(chosen).toPath();
      start(NLS.bind(Messages.Attachment_savingAll, attachments.size()), monitor -> {
        monitor.setWorkRemaining(attachments.size());
        for (Attachment attachment : attachments) {
          AttachmentFiles.saveInto(folder, attachment, monitor.split(1));
        }
      });
    }
  }

  private void start(String name, Writing writing) {
    Job job = Job.create(name, (ICoreRunnable) monitor -> run(writing, SubMonitor.convert(monitor)));
    job.schedule();
  }

  private void run(Writing writing, SubMonitor monitor) throws CoreException {
    try {
      writing.run(monitor);
    } catch (IOException e) {
      ILog.of(AttachmentActions.class).warn("An attachment could not be written", e); //$NON-NLS-1$
      ui.execute(() -> problem.accept(Messages.Attachment_failed));
    }
  }
}
