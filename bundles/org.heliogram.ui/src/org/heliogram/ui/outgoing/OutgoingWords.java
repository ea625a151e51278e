/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Outgoing changes in the user's language. Any thread. */
final class OutgoingWords {
  private static final int SUBJECT_LIMIT = 60;

  private OutgoingWords() {}

  /** What is changed: a number of messages, or the one by its subject. */
  static String object(int messages, Optional<String> subject) {
    if (messages != 1) {
      return NLS.bind(Messages.Object_messages, NumberFormat.getIntegerInstance().format(messages));
    }
    return subject.filter(text -> !text.isBlank()).map(text -> NLS.bind(Messages.Object_subject, shortened(text.strip()))).orElse(Messages.Object_message);
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SUBJECT_LIMIT ? text
        : text.substring(0, text.offsetByCodePoints(0, SUBJECT_LIMIT - 1)).stripTrailing() + '\u2026';
  }

  /** @param from where the messages are; may be empty here and below */
  static String mark(FlagChange change, String object, String from) {
    return placed(mark(change), object, from);
  }

  static String delete(String object, String from) {
    return placed(Messages.Change_delete, object, from);
  }

  static String move(String object, String from, String to) {
    return from.isEmpty() ? NLS.bind(Messages.Change_moveTo, object, to) : NLS.bind(Messages.Change_move, new Object[] {object, from, to});
  }

  static String copy(String object, String from, String to) {
    return from.isEmpty() ? NLS.bind(Messages.Change_copyTo, object, to) : NLS.bind(Messages.Change_copy, new Object[] {object, from, to});
  }

  static String create(String folder) {
    return NLS.bind(Messages.Change_createFolder, folder);
  }

  /** @param from as it is shown now: that may be the new name already */
  static String rename(String from, String to) {
    return from.isEmpty() || from.equals(to) ? NLS.bind(Messages.Change_renameTo, to) : NLS.bind(Messages.Change_rename, from, to);
  }

  static String deleteFolder(String folder) {
    return folder.isEmpty() ? Messages.Change_deleteSomeFolder : NLS.bind(Messages.Change_deleteFolder, folder);
  }

  static String subscribe(String folder, boolean subscribed) {
    return NLS.bind(subscribed ? Messages.Change_subscribe : Messages.Change_unsubscribe, folder);
  }

  private static String placed(String sentence, String object, String from) {
    String said = NLS.bind(sentence, object);
    return from.isEmpty() ? said : NLS.bind(Messages.Change_in, said, from);
  }

  private static String mark(FlagChange change) {
    if (change.equals(FlagChange.set(Flag.SEEN))) {
      return Messages.Change_read;
    }
    if (change.equals(FlagChange.clear(Flag.SEEN))) {
      return Messages.Change_unread;
    }
    if (change.equals(FlagChange.set(Flag.FLAGGED))) {
      return Messages.Change_star;
    }
    if (change.equals(FlagChange.clear(Flag.FLAGGED))) {
      return Messages.Change_unstar;
    }
    if (change.equals(FlagChange.set(Flag.DELETED))) {
      return Messages.Change_markDeleted;
    }
    if (change.equals(FlagChange.clear(Flag.DELETED))) {
      return Messages.Change_undelete;
    }
    return Messages.Change_flags;
  }

  /** How it stands with a change, and why. */
  static String state(OutgoingRow row, Activity activity) {
    return switch (row) {
      case OutgoingRow.Waiting waiting -> waiting(waiting, activity);
      case OutgoingRow.Refused refused -> refused.refusal().why().isEmpty() ? Messages.State_refused
          : NLS.bind(Messages.State_refusedBecause, refused.refusal().why());
    };
  }

  private static String waiting(OutgoingRow.Waiting row, Activity activity) {
    switch (row.entries().get(0).standing()) {
      case INCOMPLETE -> {
        return content(row.entries());
      }
      case REFUSED -> {
        return row.entries().get(0).waiting().filter(why -> !why.isBlank()).map(why -> NLS.bind(Messages.State_keptHereBecause, why))
            .orElse(Messages.State_keptHere);
      }
      case BEHIND -> {
        return Messages.State_behind;
      }
      case READY -> { } // as its account does
    }
    if (!row.first()) {
      return Messages.State_behind;
    }
    if (activity.phase() == Activity.Phase.SENDING_CHANGES) {
      return Messages.State_sending;
    }
    if (activity.phase() == Activity.Phase.CONNECTING) {
      return Messages.State_connecting;
    }
    if (activity.trouble().isPresent()) {
      return trouble(activity.trouble().get(), row.account());
    }
    return row.entries().get(0).waiting().isPresent() ? Messages.State_tried : Messages.State_waiting;
  }

  private static String content(List<Queued> entries) {
    int messages = entries.stream().mapToInt(entry -> entry.messages().size()).sum();
    int missing = entries.stream().mapToInt(Queued::missing).sum();
    return messages == 1 ? Messages.State_contentOne : NLS.bind(Messages.State_content, NumberFormat.getIntegerInstance().format(missing));
  }

  /** A folder of another account than the messages'. */
  static String place(String folder, String account) {
    return NLS.bind(Messages.Change_place, folder, account);
  }

  private static String trouble(Exception trouble, Account account) {
    String host = account.incoming().host();
    return switch (trouble) {
      case MailException.Unreachable e -> NLS.bind(Messages.State_offline, host);
      case MailException.Busy e -> NLS.bind(Messages.State_busy, host);
      case MailException.SignInRefused e -> NLS.bind(Messages.State_signIn, host);
      case MailException.CertificateRefused e -> NLS.bind(Messages.State_certificate, host);
      case CredentialException e -> Messages.State_credentials;
      case StoreException e -> Messages.State_store;
      default -> Messages.State_tried;
    };
  }

  /** How long ago, roughly. */
  static String since(Instant then, Instant now) {
    long minutes = Math.max(0, Duration.between(then, now).toMinutes());
    if (minutes < 1) {
      return Messages.Since_now;
    }
    if (minutes < 60) {
      return counted(minutes, Messages.Since_minute, Messages.Since_minutes);
    }
    long hours = minutes / 60;
    return hours < 24 ? counted(hours, Messages.Since_hour, Messages.Since_hours) : counted(hours / 24, Messages.Since_day, Messages.Since_days);
  }

  /** How many changes wait, for the folder list. */
  static String count(int changes) {
    return counted(changes, Messages.Count_one, Messages.Count_many);
  }

  /** How many changes were refused, for the folder list. */
  static String refused(int changes) {
    return counted(changes, Messages.Count_refusedOne, Messages.Count_refusedMany);
  }

  private static String counted(long number, String one, String many) {
    return number == 1 ? one : NLS.bind(many, NumberFormat.getIntegerInstance().format(number));
  }
}
