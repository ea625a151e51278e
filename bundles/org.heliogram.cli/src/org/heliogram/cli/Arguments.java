/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.osgi.util.NLS;

/** A command's words, taken apart: {@code --option value}, {@code --option=value}, {@code --switch}, others; after {@code --} all are others. */
final class Arguments {
  private static final Set<String> EVERYWHERE = Set.of("json", "help"); //$NON-NLS-1$ //$NON-NLS-2$
  private final Syntax syntax;
  private final Set<String> switches = new HashSet<>();
  private final Map<String, String> options = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  private Arguments(Syntax syntax) {
    this.syntax = syntax;
  }

  /** @throws CommandException saying what is wrong with the words */
  static Arguments parse(Syntax syntax, List<String> words) throws CommandException {
    var arguments = new Arguments(syntax);
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--")) { //$NON-NLS-1$
        rest.forEachRemaining(arguments.others::add);
      } else if (word.startsWith("--")) { //$NON-NLS-1$
        arguments.option(word.substring(2), rest);
      } else {
        arguments.others.add(word);
      }
    }
    if (!arguments.has("help") && arguments.others.size() < syntax.least()) { //$NON-NLS-1$
      throw CommandException.usage(NLS.bind(Messages.Usage_tooFew, syntax.name()));
    }
    if (arguments.others.size() > syntax.most()) {
      throw CommandException.usage(NLS.bind(Messages.Usage_tooMany, syntax.name(), arguments.others.get(syntax.most())));
    }
    return arguments;
  }

  private void option(String text, Iterator<String> rest) throws CommandException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    boolean again;
    if (equals < 0 && (syntax.switches().contains(name) || EVERYWHERE.contains(name))) {
      again = !switches.add(name);
    } else if (syntax.options().contains(name)) {
      if (equals < 0 && !rest.hasNext()) {
        throw CommandException.usage(NLS.bind(Messages.Usage_valueMissing, name));
      }
      again = options.put(name, equals < 0 ? rest.next() : text.substring(equals + 1)) != null;
    } else {
      throw CommandException.usage(NLS.bind(Messages.Usage_unknownOption, syntax.name(), name));
    }
    if (again) {
      throw CommandException.usage(NLS.bind(Messages.Usage_twice, name));
    }
  }

  boolean has(String name) {
    return switches.contains(name);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  String required(String name) throws CommandException {
    return option(name).orElseThrow(() -> CommandException.usage(NLS.bind(Messages.Usage_optionMissing, syntax.name(), name)));
  }

  /** A whole number of an option. */
  Optional<Integer> number(String name, int least, int most) throws CommandException {
    Optional<String> text = option(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("[0-9]{1,9}") || Integer.parseInt(text.get()) < least || Integer.parseInt(text.get()) > most) { //$NON-NLS-1$
      throw CommandException.usage(NLS.bind(Messages.Usage_notANumber, new Object[] {name, least, most}));
    }
    return Optional.of(Integer.valueOf(text.get()));
  }

  /** One of the constants of an enumeration, written in lower case. */
  <E extends Enum<E>> Optional<E> choice(String name, Set<E> choices) throws CommandException {
    Optional<String> text = option(name);
    for (E choice : choices) {
      if (text.isPresent() && text.get().equalsIgnoreCase(choice.name())) {
        return Optional.of(choice);
      }
    }
    if (text.isPresent()) {
      String allowed = String.join(", ", choices.stream().map(choice -> choice.name().toLowerCase(Locale.ROOT)).sorted().toList()); //$NON-NLS-1$
      throw CommandException.usage(NLS.bind(Messages.Usage_notAChoice, name, allowed));
    }
    return Optional.empty();
  }

  /** The words that are no options. */
  List<String> others() {
    return List.copyOf(others);
  }
}
