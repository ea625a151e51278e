/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.testing.BackendContract;
import org.heliogram.testing.ModelServer;
import org.junit.jupiter.api.Nested;

/** The model server keeps the promises of real backends: else the tests that use it would prove nothing. */
class ModelBackendTest {
  private abstract static class OnModel extends BackendContract {
    private final ModelServer server;

    OnModel(ModelServer server) {
      this.server = server;
    }

    @Override
    protected Backend open() throws Exception {
      var account = new Account(AccountId.create(), "Model", "", "", Protocol.IMAP, new Endpoint("localhost", 993, Security.TLS, "m"),
          Optional.empty(), new AccountOptions(Duration.ZERO, false, BodyPolicy.DEFAULT));
      return server.open(account, new Credentials("secret"), new NullProgressMonitor());
    }

    @Override
    protected void deliver(String name) {
      server.deliver("INBOX", name);
    }

    @Override
    protected String otherFolder() {
      return "Archive";
    }
  }

  private static ModelServer mirrored(ModelServer.Kind kind) {
    return new ModelServer(kind).folder("INBOX", FolderRole.INBOX, Keeping.MIRRORED).folder("Archive", FolderRole.ARCHIVE, Keeping.MIRRORED);
  }

  @Nested
  class WithUidplusAndMove extends OnModel {
    WithUidplusAndMove() {
      super(mirrored(ModelServer.Kind.MOVE_UIDPLUS));
    }
  }

  @Nested
  class WithUidplus extends OnModel {
    WithUidplus() {
      super(mirrored(ModelServer.Kind.UIDPLUS));
    }
  }

  @Nested
  class Maildrop extends OnModel {
    Maildrop() {
      super(new ModelServer(ModelServer.Kind.UIDPLUS).folder("INBOX", FolderRole.INBOX, Keeping.DELIVERED));
    }
  }
}
