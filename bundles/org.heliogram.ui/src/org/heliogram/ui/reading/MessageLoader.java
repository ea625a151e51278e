/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.store.StoreException;
import org.heliogram.mime.Look;
import org.heliogram.mime.MessageReader;
import org.heliogram.mime.Page;
import org.heliogram.mime.Reading;
import org.heliogram.mime.SafeHtml;
import org.heliogram.ui.MailServices;

/**
 * Gets the message that is to be read: what is here at once, the rest from the server. UI thread only; reading and taking apart happen
 * elsewhere. Every answer carries the generation it was asked for; one for a message that is no longer wanted is dropped.
 */
final class MessageLoader {
  /** What shows the message. */
  interface Face {
    /** It is being fetched. */
    void loading();

    void show(Shown shown);

    /** It could not be had; asking again may help. */
    void failed(Throwable trouble);
  }

  /** A message ready to be shown. @param plain the page as text, for where there is no browser; @param copy where else it lies, if that is known */
  record Shown(Reading reading, Page page, String plain, BodyState state, Optional<ServerCopy> copy) {}

  private final MailServices services;
  private final Executor background;
  private final Executor ui;
  private final Supplier<Look> look;
  private final Face face;
  private final MessageReader reader = new MessageReader();
  private IProgressMonitor monitor = new NullProgressMonitor();
  private Optional<MessageKey> wanted = Optional.empty();
  private Optional<Shown> shown = Optional.empty();
  private long generation;

  MessageLoader(MailServices services, Executor background, Executor ui, Supplier<Look> look, Face face) {
    this.services = Objects.requireNonNull(services);
    this.background = Objects.requireNonNull(background);
    this.ui = Objects.requireNonNull(ui);
    this.look = Objects.requireNonNull(look);
    this.face = Objects.requireNonNull(face);
  }

  Optional<MessageKey> wanted() {
    return wanted;
  }

  Optional<Shown> shown() {
    return shown;
  }

  void open(MessageSummary row) {
    next(Optional.of(row.key()));
    load(row.key(), false);
  }

  /** Fetches what was left on the server, and what could not be had before. */
  void fetch() {
    wanted.ifPresent(key -> {
      next(wanted);
      load(key, true);
    });
  }

  /** Reads again what is here: more of it came. */
  void reread() {
    if (shown.map(Shown::state).filter(BodyState.WHOLE::equals).isEmpty()) {
      wanted.ifPresent(key -> load(key, false));
    }
  }

  /** Makes the page anew, in other colours. */
  void repaint() {
    shown.ifPresent(now -> {
      long mine = generation;
      Look current = look.get();
      background.execute(() -> {
        Page page = SafeHtml.page(now.reading(), current);
        ui.execute(() -> arrived(mine, new Shown(now.reading(), page, now.plain(), now.state(), now.copy())));
      });
    });
  }

  void close() {
    next(Optional.empty());
  }

  private void next(Optional<MessageKey> key) {
    generation++;
    monitor.setCanceled(true);
    monitor = new NullProgressMonitor();
    wanted = key;
    shown = Optional.empty();
  }

  private void load(MessageKey key, boolean whole) {
    long mine = generation;
    IProgressMonitor mineToCancel = monitor;
    Look current = look.get();
    background.execute(() -> {
      try {
        Optional<Body> here = services.store().read(store -> store.body(key));
        if (here.isPresent() && (!whole || here.get().state() == BodyState.WHOLE)) {
          take(key, here.get(), mine, current, mineToCancel);
        } else {
          ask(key, mine, current, mineToCancel);
        }
      } catch (StoreException e) {
        failed(mine, e);
      }
    });
  }

  private void ask(MessageKey key, long mine, Look current, IProgressMonitor mineToCancel) {
    ui.execute(() -> ifCurrent(mine, now -> now.loading()));
    services.mail().body(key).whenComplete((body, trouble) -> {
      if (trouble != null) {
        failed(mine, trouble);
      } else {
        background.execute(() -> take(key, body, mine, current, mineToCancel));
      }
    });
  }

  private void take(MessageKey key, Body body, long mine, Look current, IProgressMonitor mineToCancel) {
    if (mineToCancel.isCanceled()) {
      return;
    }
    try {
      Reading reading = reader.read(body, mineToCancel);
      Optional<ServerCopy> copy = services.store().read(store -> store.serverCopy(key));
      var ready = new Shown(reading, SafeHtml.page(reading, current), SafeHtml.plainText(reading), body.state(), copy);
      ui.execute(() -> arrived(mine, ready));
    } catch (StoreException e) {
      failed(mine, e);
    } catch (IOException e) {
      ILog.of(MessageLoader.class).warn("A message could not be read from disk", e); //$NON-NLS-1$
      failed(mine, e);
    }
  }

  private void arrived(long mine, Shown ready) {
    ifCurrent(mine, now -> {
      shown = Optional.of(ready);
      now.show(ready);
    });
  }

  private void failed(long mine, Throwable trouble) {
    ui.execute(() -> ifCurrent(mine, now -> now.failed(trouble)));
  }

  private void ifCurrent(long mine, Consumer<Face> tell) {
    if (mine == generation) {
      tell.accept(face);
    }
  }
}
