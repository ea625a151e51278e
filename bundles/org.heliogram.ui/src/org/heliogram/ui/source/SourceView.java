/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/** A message as it was received, byte for byte as far as text can show it. One view for each message; its secondary id is the key. */
public final class SourceView extends ViewPart {
  public static final String ID = "org.heliogram.ui.source"; //$NON-NLS-1$
  private static final int LIMIT_IN_BYTES = 2_000_000;
  private StyledText text;

  @Override
  public void createPartControl(Composite parent) {
    text = new StyledText(parent, SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL);
    text.setFont(JFaceResources.getTextFont());
    text.setMargins(6, 6, 6, 6);
    text.setText(Messages.Source_loading);
    text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        event.result = Messages.Source_accessible;
      }
    });
    key().ifPresent(this::load);
  }

  private Optional<MessageKey> key() {
    String id = getViewSite().getSecondaryId();
    return id != null && id.matches("\\d{1,18}") ? Optional.of(new MessageKey(Long.parseLong(id))) : Optional.empty(); //$NON-NLS-1$
  }

  private void load(MessageKey key) {
    var store = getSite().getService(MailStore.class);
    getSite().getService(MailService.class).body(key).whenComplete((body, failure) -> {
      if (body == null) {
        show(Messages.Source_untitled, Messages.Source_failed);
      } else {
        Job.createSystem(Messages.Source_untitled, (ICoreRunnable) monitor -> read(key, body, store)).schedule();
      }
    });
  }

  private void read(MessageKey key, Body body, MailStore store) {
    try {
      String subject = store.read(s -> s.envelope(key)).map(Envelope::subject).orElse(""); //$NON-NLS-1$
      show(subject.isBlank() ? Messages.Source_untitled : NLS.bind(Messages.Source_title, subject), decode(body));
    } catch (StoreException | IOException e) {
      show(Messages.Source_untitled, Messages.Source_failed);
    }
  }

  static String decode(Body body) throws IOException {
    byte[] bytes;
    try (InputStream in = body.open()) {
      bytes = in.readNBytes(LIMIT_IN_BYTES);
    }
    String shown = decode(bytes).replace("\r\n", "\n").replace('\0', '\uFFFD'); //$NON-NLS-1$ //$NON-NLS-2$
    return bytes.length < body.sizeInBytes() ? shown + NLS.bind(Messages.Source_shortened, bytes.length, body.sizeInBytes()) : shown;
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private void show(String title, String content) {
    getSite().getShell().getDisplay().asyncExec(() -> {
      if (!text.isDisposed()) {
        setPartName(title);
        text.setText(content);
      }
    });
  }

  @Override
  public void setFocus() {
    text.setFocus();
  }
}
