/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The mail store: everything but raw messages in one embedded Derby database, raw messages in append-only segment files.
 *
 * <p>Start reading at {@link org.heliogram.store.derby.DerbyMailStore}; the tables are in
 * {@link org.heliogram.store.derby.Migration1FirstTables}, the law of the view in {@link org.heliogram.store.derby.Operations.Effects}.
 */
package org.heliogram.store.derby;
