/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.QuietHours;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.model.Trust;

/** An account as lines of a properties file, without secrets: for its row and for the backup beside the store. */
final class AccountText {
  private AccountText() {}

  static String write(Account account) {
    var all = new TreeMap<String, String>();
    all.put("id", account.id().value()); //$NON-NLS-1$
    all.put("label", account.label()); //$NON-NLS-1$
    all.put("name", account.personName()); //$NON-NLS-1$
    all.put("address", account.address()); //$NON-NLS-1$
    all.put("protocol", account.protocol().name()); //$NON-NLS-1$
    endpoint(all, "incoming.", account.incoming()); //$NON-NLS-1$
    account.submission().ifPresent(endpoint -> endpoint(all, "submission.", endpoint)); //$NON-NLS-1$
    AccountOptions options = account.options();
    all.put("fetch.seconds", Long.toString(options.fetchInterval().toSeconds())); //$NON-NLS-1$
    all.put("fetch.background", Boolean.toString(options.fetchInBackground())); //$NON-NLS-1$
    all.put("bodies.keep", options.bodies().keep().name()); //$NON-NLS-1$
    all.put("bodies.months", Integer.toString(options.bodies().months())); //$NON-NLS-1$
    all.put("bodies.limit", Long.toString(options.bodies().attachmentLimit())); //$NON-NLS-1$
    all.put("deletion", options.deletion().name()); //$NON-NLS-1$
    options.roles().forEach((role, name) -> all.put("role." + role.name(), name)); //$NON-NLS-1$
    server(all, options.server());
    maildrop(all, options.maildrop());
    options.quiet().ifPresent(quiet -> {
      all.put("quiet.from", quiet.from().toString()); //$NON-NLS-1$
      all.put("quiet.to", quiet.to().toString()); //$NON-NLS-1$
    });
    StringBuilder out = new StringBuilder();
    all.forEach((key, value) -> out.append(key).append('=').append(escape(value)).append('\n'));
    return out.toString();
  }

  private static void server(TreeMap<String, String> all, ServerOptions server) {
    server.mechanism().ifPresent(mechanism -> all.put("server.mechanism", mechanism)); //$NON-NLS-1$
    all.put("server.compress", Boolean.toString(server.compress())); //$NON-NLS-1$
    all.put("server.push", Boolean.toString(server.push())); //$NON-NLS-1$
    all.put("server.connections", Integer.toString(server.connections())); //$NON-NLS-1$
  }

  private static void maildrop(TreeMap<String, String> all, MaildropOptions maildrop) {
    all.put("maildrop.leaving", maildrop.leaving().name()); //$NON-NLS-1$
    all.put("maildrop.days", Integer.toString(maildrop.days())); //$NON-NLS-1$
    all.put("maildrop.headersover", Long.toString(maildrop.headersOver())); //$NON-NLS-1$
    maildrop.inboxOf().ifPresent(other -> all.put("maildrop.inboxof", other.value())); //$NON-NLS-1$
  }

  private static void endpoint(TreeMap<String, String> all, String prefix, Endpoint endpoint) {
    all.put(prefix + "host", endpoint.host()); //$NON-NLS-1$
    all.put(prefix + "port", Integer.toString(endpoint.port())); //$NON-NLS-1$
    all.put(prefix + "security", endpoint.security().name()); //$NON-NLS-1$
    all.put(prefix + "user", endpoint.user()); //$NON-NLS-1$
    all.put(prefix + "anchors", endpoint.trust().anchors()); //$NON-NLS-1$
    all.put(prefix + "exceptions", endpoint.trust().exceptions().stream().sorted().collect(Collectors.joining(" "))); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** As {@link Properties} reads it, with every character outside ASCII escaped. */
  private static String escape(String value) {
    StringBuilder out = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c > ' ' && c < 0x7f && c != '\\') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c)); //$NON-NLS-1$
      }
    }
    return out.toString();
  }

  /** @throws IllegalArgumentException if the text is not what {@link #write} wrote */
  static Account read(String text) {
    Properties all = new Properties();
    try {
      all.load(new StringReader(text));
    } catch (IOException e) {
      throw new IllegalArgumentException("account text", e); //$NON-NLS-1$
    }
    BodyPolicy bodies = new BodyPolicy(BodyPolicy.Keep.valueOf(value(all, "bodies.keep")), Integer.parseInt(value(all, "bodies.months")), //$NON-NLS-1$ //$NON-NLS-2$
        Long.parseLong(value(all, "bodies.limit"))); //$NON-NLS-1$
    AccountOptions options = new AccountOptions(Duration.ofSeconds(Long.parseLong(value(all, "fetch.seconds"))), //$NON-NLS-1$
        Boolean.parseBoolean(value(all, "fetch.background")), bodies, deletion(all), roles(all), server(all), maildrop(all), quiet(all)); //$NON-NLS-1$
    Optional<Endpoint> submission = all.containsKey("submission.host") ? Optional.of(endpoint(all, "submission.")) : Optional.empty(); //$NON-NLS-1$ //$NON-NLS-2$
    return new Account(new AccountId(value(all, "id")), value(all, "label"), value(all, "name"), value(all, "address"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        Protocol.valueOf(value(all, "protocol")), endpoint(all, "incoming."), submission, options); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Absent in what earlier versions wrote, like all that follows here. */
  private static Deletion deletion(Properties all) {
    return Deletion.valueOf(all.getProperty("deletion", AccountOptions.DEFAULT.deletion().name())); //$NON-NLS-1$
  }

  private static Map<FolderRole, String> roles(Properties all) {
    var roles = new EnumMap<FolderRole, String>(FolderRole.class);
    for (FolderRole role : FolderRole.values()) {
      String name = all.getProperty("role." + role.name()); //$NON-NLS-1$
      if (name != null) {
        roles.put(role, name);
      }
    }
    return roles;
  }

  private static ServerOptions server(Properties all) {
    ServerOptions usual = ServerOptions.DEFAULT;
    return new ServerOptions(Optional.ofNullable(all.getProperty("server.mechanism")), //$NON-NLS-1$
        Boolean.parseBoolean(all.getProperty("server.compress", Boolean.toString(usual.compress()))), //$NON-NLS-1$
        Boolean.parseBoolean(all.getProperty("server.push", Boolean.toString(usual.push()))), //$NON-NLS-1$
        Integer.parseInt(all.getProperty("server.connections", Integer.toString(usual.connections())))); //$NON-NLS-1$
  }

  private static MaildropOptions maildrop(Properties all) {
    MaildropOptions usual = MaildropOptions.DEFAULT;
    return new MaildropOptions(Leaving.valueOf(all.getProperty("maildrop.leaving", usual.leaving().name())), //$NON-NLS-1$
        Integer.parseInt(all.getProperty("maildrop.days", Integer.toString(usual.days()))), //$NON-NLS-1$
        Long.parseLong(all.getProperty("maildrop.headersover", Long.toString(usual.headersOver()))), //$NON-NLS-1$
        Optional.ofNullable(all.getProperty("maildrop.inboxof")).map(AccountId::new)); //$NON-NLS-1$
  }

  private static Optional<QuietHours> quiet(Properties all) {
    return Optional.ofNullable(all.getProperty("quiet.from")) //$NON-NLS-1$
        .map(from -> new QuietHours(LocalTime.parse(from), LocalTime.parse(value(all, "quiet.to")))); //$NON-NLS-1$
  }

  private static Endpoint endpoint(Properties all, String prefix) {
    Set<String> exceptions = Arrays.stream(value(all, prefix + "exceptions").split(" ")).filter(hash -> !hash.isEmpty()) //$NON-NLS-1$ //$NON-NLS-2$
        .collect(Collectors.toSet());
    return new Endpoint(value(all, prefix + "host"), Integer.parseInt(value(all, prefix + "port")), //$NON-NLS-1$ //$NON-NLS-2$
        Security.valueOf(value(all, prefix + "security")), value(all, prefix + "user"), //$NON-NLS-1$ //$NON-NLS-2$
        new Trust(value(all, prefix + "anchors"), exceptions)); //$NON-NLS-1$
  }

  private static String value(Properties all, String key) {
    String value = all.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key); //$NON-NLS-1$
    }
    return value;
  }
}
