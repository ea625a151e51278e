/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Endpoint;

/** The submission server as the user is filling it in, which may be none. Owned by the UI thread. */
final class SubmissionDraft {
  private final ServerDraft server;
  private boolean wanted;
  private SubmissionSignIn signIn = SubmissionSignIn.SAME;
  private String password = ""; //$NON-NLS-1$

  SubmissionDraft() {
    server = new ServerDraft(ServerKind.SUBMISSION);
    wanted = true;
  }

  /** What an account has; the password is not known. @param incomingUser to tell {@link SubmissionSignIn#SAME} */
  SubmissionDraft(Optional<Endpoint> endpoint, String incomingUser) {
    server = endpoint.map(known -> new ServerDraft(ServerKind.SUBMISSION, known)).orElseGet(() -> new ServerDraft(ServerKind.SUBMISSION));
    wanted = endpoint.isPresent();
    endpoint.ifPresent(known -> {
      if (known.user().isEmpty()) {
        signIn = SubmissionSignIn.NONE;
      } else if (!known.user().equals(incomingUser)) {
        signIn = SubmissionSignIn.OTHER;
      }
    });
  }

  ServerDraft server() {
    return server;
  }

  boolean wanted() {
    return wanted;
  }

  void wanted(boolean other) {
    wanted = other;
  }

  SubmissionSignIn signIn() {
    return signIn;
  }

  void signIn(SubmissionSignIn other) {
    signIn = other;
  }

  String password() {
    return password;
  }

  void password(String other) {
    password = other;
  }

  /** @param passwordNeeded false where an empty password means the one stored before */
  Check check(boolean passwordNeeded) {
    if (!wanted) {
      return Check.FINE;
    }
    Check reachable = server.checkServer();
    if (!(reachable instanceof Check.Fine) || signIn != SubmissionSignIn.OTHER) {
      return reachable;
    }
    if (server.user().isEmpty()) {
      return new Check.Missing(Messages.Draft_submissionUserMissing);
    }
    return passwordNeeded && password.isEmpty() ? new Check.Missing(Messages.Draft_submissionPasswordMissing) : Check.FINE;
  }

  /** Empty if none is wanted. */
  Optional<Endpoint> endpoint(String incomingUser) {
    return wanted ? Optional.of(server.endpoint(switch (signIn) {
      case SAME -> incomingUser;
      case OTHER -> server.user();
      case NONE -> ""; //$NON-NLS-1$
    })) : Optional.empty();
  }

  /** The secret to sign in with, as far as it is known here. @param incomingPassword empty if not known */
  Optional<Credentials> credentials(String incomingPassword) {
    String secret = switch (signIn) {
      case SAME -> incomingPassword;
      case OTHER -> password;
      case NONE -> ""; //$NON-NLS-1$
    };
    return wanted && !secret.isEmpty() ? Optional.of(new Credentials(secret)) : Optional.empty();
  }
}
