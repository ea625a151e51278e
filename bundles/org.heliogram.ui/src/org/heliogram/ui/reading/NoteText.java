/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.osgi.util.NLS;
import org.heliogram.mime.Note;

/** Says what a reader should know about a message as it is shown. */
final class NoteText {
  private NoteText() {
  }

  /** One sentence after the other; empty if there is nothing to say. */
  static String of(Set<Note> notes) {
    return notes.stream().sorted(Comparator.naturalOrder()).map(NoteText::of).collect(Collectors.joining(" ")); //$NON-NLS-1$
  }

  static String of(Note note) {
    return switch (note) {
      case SHORTENED -> Messages.Note_shortened;
      case OUT_OF_TIME -> Messages.Note_outOfTime;
      case BROKEN_STRUCTURE -> Messages.Note_brokenStructure;
      case BROKEN_ENCODING -> Messages.Note_brokenEncoding;
      case GUESSED_CHARSET -> Messages.Note_guessedCharset;
      case NOT_DOWNLOADED -> Messages.Note_notDownloaded;
      case TWO_NAMES -> Messages.Note_twoNames;
      case SEVERAL_FROM -> Messages.Note_severalFrom;
    };
  }

  static String remote(int count) {
    return count == 1 ? Messages.Remote_one : NLS.bind(Messages.Remote_many, count);
  }
}
