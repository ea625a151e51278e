/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.store.StoreException;

/** Sets an account up. The password comes from the environment or a file descriptor, never from the command line. */
final class AddAccountCommand implements Command {
  private static final int LONGEST_PASSWORD = 4_096;
  private static final Set<Security> SECURITIES = EnumSet.allOf(Security.class);

  @Override
  public Syntax syntax() {
    return new Syntax("add-account", Set.of("test"), Set.of("protocol", "address", "name", "label", "host", "port", "security", "user", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
        "smtp-host", "smtp-port", "smtp-security", "smtp-user", "trust", "password-env", "password-fd"), 0, 0, Messages.Usage_addAccount); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, MailException, StoreException, CredentialException, IOException {
    arguments.required("protocol"); //$NON-NLS-1$
    Protocol protocol = arguments.choice("protocol", EnumSet.allOf(Protocol.class)).orElseThrow(); //$NON-NLS-1$
    Account account = protocol == Protocol.DEMO ? demo(arguments) : account(arguments, protocol);
    Optional<Credentials> password = protocol == Protocol.DEMO ? Optional.empty() : Optional.of(password(arguments, desk.environment()));
    for (Account other : Places.read(desk.store()).accounts()) {
      if (other.label().equalsIgnoreCase(account.label())) {
        throw CommandException.failed(NLS.bind(Messages.Account_labelTaken, account.label()));
      }
    }
    if (arguments.has("test") && password.isPresent()) { //$NON-NLS-1$
      test(account, password.get(), desk);
    }
    boolean submits = account.submission().map(endpoint -> !endpoint.user().isEmpty()).orElse(false);
    desk.service().add(account, password, submits ? password : Optional.empty());
    desk.output().result(() -> NLS.bind(Messages.Account_added, account.label()), () -> {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("account", account.label()); //$NON-NLS-1$
      object.put("id", account.id()); //$NON-NLS-1$
      return object;
    });
    return Status.DONE;
  }

  private static void test(Account account, Credentials password, Desk desk) throws MailException {
    desk.service().test(account, Purpose.INCOMING, password, desk.monitor());
    if (account.submission().isPresent()) {
      desk.service().test(account, Purpose.SUBMISSION, password, desk.monitor());
    }
  }

  private static Account demo(Arguments arguments) {
    String label = arguments.option("label").orElse("Demo"); //$NON-NLS-1$ //$NON-NLS-2$
    return new Account(AccountId.create(), label, arguments.option("name").orElse(""), arguments.option("address").orElse("demo@localhost"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        Protocol.DEMO, new Endpoint("localhost", 1, Security.NONE, "demo"), Optional.empty(), AccountOptions.DEFAULT); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static Account account(Arguments arguments, Protocol protocol) throws CommandException, IOException {
    String address = arguments.required("address"); //$NON-NLS-1$
    String host = arguments.required("host"); //$NON-NLS-1$
    Security security = arguments.choice("security", SECURITIES).orElse(Security.TLS); //$NON-NLS-1$
    int port = arguments.number("port", 1, 65_535).orElse(defaultPort(protocol, security)); //$NON-NLS-1$
    String user = arguments.option("user").orElse(address); //$NON-NLS-1$
    Trust trust = trust(arguments);
    Optional<Endpoint> submission = submission(arguments, user, trust);
    String label = arguments.option("label").orElse(address); //$NON-NLS-1$
    if (label.isBlank()) {
      throw CommandException.usage(Messages.Account_noLabel);
    }
    return new Account(AccountId.create(), label, arguments.option("name").orElse(""), address, protocol, //$NON-NLS-1$ //$NON-NLS-2$
        endpoint(host, port, security, user, trust), submission, AccountOptions.DEFAULT);
  }

  private static Optional<Endpoint> submission(Arguments arguments, String user, Trust trust) throws CommandException {
    Optional<String> host = arguments.option("smtp-host"); //$NON-NLS-1$
    Security security = arguments.choice("smtp-security", SECURITIES).orElse(Security.TLS); //$NON-NLS-1$
    int port = arguments.number("smtp-port", 1, 65_535).orElse(security == Security.TLS ? 465 : 587); //$NON-NLS-1$
    String name = arguments.option("smtp-user").orElse(user); //$NON-NLS-1$
    return host.isEmpty() ? Optional.empty() : Optional.of(endpoint(host.get(), port, security, name, trust));
  }

  private static Endpoint endpoint(String host, int port, Security security, String user, Trust trust) throws CommandException {
    if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ')) {
      throw CommandException.usage(NLS.bind(Messages.Account_badHost, host));
    }
    return new Endpoint(host, port, security, user, trust);
  }

  private static int defaultPort(Protocol protocol, Security security) {
    boolean tls = security == Security.TLS;
    return switch (protocol) {
      case IMAP -> tls ? 993 : 143;
      case POP3 -> tls ? 995 : 110;
      case DEMO -> 1;
    };
  }

  private static Trust trust(Arguments arguments) throws CommandException, IOException {
    Optional<String> file = arguments.option("trust"); //$NON-NLS-1$
    if (file.isEmpty()) {
      return Trust.PLATFORM;
    }
    byte[] pem = Files.readAllBytes(Path.of(file.get()));
    try {
      if (CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).isEmpty()) { //$NON-NLS-1$
        throw CommandException.failed(NLS.bind(Messages.Account_badTrust, file.get()));
      }
    } catch (CertificateException e) {
      throw CommandException.failed(NLS.bind(Messages.Account_badTrust, file.get()));
    }
    return new Trust(new String(pem, StandardCharsets.US_ASCII), Set.of());
  }

  private static Credentials password(Arguments arguments, Map<String, String> environment) throws CommandException, IOException {
    Optional<String> variable = arguments.option("password-env"); //$NON-NLS-1$
    Optional<Integer> descriptor = arguments.number("password-fd", 0, 65_535); //$NON-NLS-1$
    if (variable.isPresent() == descriptor.isPresent()) {
      throw CommandException.usage(Messages.Account_onePassword);
    }
    String password = variable.isPresent() ? environment.get(variable.get()) : read(descriptor.orElseThrow());
    if (password == null || password.isEmpty()) {
      throw CommandException.usage(variable.isPresent() ? NLS.bind(Messages.Account_emptyVariable, variable.get())
          : NLS.bind(Messages.Account_emptyDescriptor, descriptor.orElseThrow()));
    }
    return new Credentials(password);
  }

  /** The first line. */
  private static String read(int descriptor) throws IOException {
    try (InputStream in = descriptor == 0 ? System.in : Files.newInputStream(Path.of("/dev/fd/" + descriptor))) { //$NON-NLS-1$
      String all = new String(in.readNBytes(LONGEST_PASSWORD), StandardCharsets.UTF_8);
      return all.lines().findFirst().orElse(""); //$NON-NLS-1$
    }
  }
}
