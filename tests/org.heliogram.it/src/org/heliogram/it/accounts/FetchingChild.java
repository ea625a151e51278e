/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import java.nio.file.Path;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.SyncRequest;

/** A process that synchronises and says so, to be killed while it does. */
public final class FetchingChild {
  private FetchingChild() {}

  /** @param arguments home folder, IMAP port */
  public static void main(String[] arguments) throws Exception {
    try (var client = new Client(Path.of(arguments[0]))) {
      client.store.open();
      var known = client.store.read(s -> s.accounts());
      Account account = known.isEmpty()
          ? client.add(Protocol.IMAP, new Endpoint("127.0.0.1", Integer.parseInt(arguments[1]), Security.NONE, "user1")) : known.get(0);
      System.out.println("begin");
      System.out.flush();
      client.synchronise(account, SyncRequest.Bodies.ALL);
      System.out.println("end");
      System.out.flush();
    }
    System.exit(0);
  }
}
