/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.demo;

import java.time.Instant;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Flags;

/** A bundled message, as its line in {@code mail/index.tsv} describes it. The file's name is its id. */
record DemoMessage(String folder, RemoteId id, Flags flags, Instant received, boolean attachments) {}
