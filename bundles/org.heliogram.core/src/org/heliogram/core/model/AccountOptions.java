/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user may choose for an account.
 *
 * @param fetchInterval     time between two scheduled fetches; zero means never by itself
 * @param fetchInBackground whether fetching starts with the application, before the perspective was opened
 * @param bodies            which bodies are kept here, where a folder has no choice of its own
 * @param deletion          what "Delete" does
 * @param roles             which folder is for what, by {@link Folder#remoteName()}, where the user chose: goes before what the server says
 * @param server            how to talk to the incoming server
 * @param maildrop          how mail is taken from a maildrop; of no meaning for other protocols
 * @param quiet             when nothing is fetched by schedule; what the user asks for is, and what a server tells by itself is read
 */
public record AccountOptions(Duration fetchInterval, boolean fetchInBackground, BodyPolicy bodies, Deletion deletion,
    Map<FolderRole, String> roles, ServerOptions server, MaildropOptions maildrop, Optional<QuietHours> quiet) {
  public static final AccountOptions DEFAULT = new AccountOptions(Duration.ofMinutes(5), false, BodyPolicy.DEFAULT);

  /** The rest as by default. */
  public AccountOptions(Duration fetchInterval, boolean fetchInBackground, BodyPolicy bodies) {
    this(fetchInterval, fetchInBackground, bodies, Deletion.TO_TRASH, Map.of(), ServerOptions.DEFAULT, MaildropOptions.DEFAULT, Optional.empty());
  }

  public AccountOptions {
    Objects.requireNonNull(bodies);
    Objects.requireNonNull(deletion);
    Objects.requireNonNull(server);
    Objects.requireNonNull(maildrop);
    Objects.requireNonNull(quiet);
    roles = Map.copyOf(roles);
    if (fetchInterval.isNegative()) {
      throw new IllegalArgumentException("interval " + fetchInterval); //$NON-NLS-1$
    }
  }

  public AccountOptions withBodies(BodyPolicy other) {
    return new AccountOptions(fetchInterval, fetchInBackground, other, deletion, roles, server, maildrop, quiet);
  }

  public AccountOptions withFetch(Duration interval, boolean inBackground) {
    return new AccountOptions(interval, inBackground, bodies, deletion, roles, server, maildrop, quiet);
  }

  public AccountOptions withDeletion(Deletion other) {
    return new AccountOptions(fetchInterval, fetchInBackground, bodies, other, roles, server, maildrop, quiet);
  }

  public AccountOptions withRoles(Map<FolderRole, String> other) {
    return new AccountOptions(fetchInterval, fetchInBackground, bodies, deletion, other, server, maildrop, quiet);
  }

  public AccountOptions withServer(ServerOptions other) {
    return new AccountOptions(fetchInterval, fetchInBackground, bodies, deletion, roles, other, maildrop, quiet);
  }

  public AccountOptions withMaildrop(MaildropOptions other) {
    return new AccountOptions(fetchInterval, fetchInBackground, bodies, deletion, roles, server, other, quiet);
  }

  public AccountOptions withQuiet(Optional<QuietHours> other) {
    return new AccountOptions(fetchInterval, fetchInBackground, bodies, deletion, roles, server, maildrop, other);
  }
}
