/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.List;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;

/** News from the service that are not changes of the store. */
public sealed interface ServiceEvent {
  /** {@link MailService#activity} has something new; sent at most ten times a second for an account. */
  record ActivityChanged(AccountId account) implements ServiceEvent {}

  /** Unread messages that arrived in an inbox after the account's first synchronisation and were not read elsewhere meanwhile. */
  record MailArrived(AccountId account, List<MessageKey> messages) implements ServiceEvent {}

  /** A server refused a queued operation; the view was taken back. @param why the server's words, cleaned; may be empty */
  record OperationRefused(Operation operation, String why) implements ServiceEvent {}
}
