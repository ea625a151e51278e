/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;

/**
 * One server as the user is filling it in. Suggestions replace what was suggested before, never what the user typed.
 * Owned by the UI thread.
 */
final class ServerDraft {
  private static final Pattern HOST = Pattern.compile("[^\\s\\p{Cntrl}/@]{1,253}"); //$NON-NLS-1$
  private ServerKind kind;
  private String host = ""; //$NON-NLS-1$
  private String suggestedHost = ""; //$NON-NLS-1$
  private String port;
  private Security security = Security.TLS;
  private String user = ""; //$NON-NLS-1$
  private String suggestedUser = ""; //$NON-NLS-1$
  private Trust trust = Trust.PLATFORM;

  ServerDraft(ServerKind kind) {
    this.kind = kind;
    this.port = Integer.toString(kind.port(security));
  }

  ServerDraft(ServerKind kind, Endpoint endpoint) {
    this.kind = kind;
    this.host = endpoint.host();
    this.port = Integer.toString(endpoint.port());
    this.security = endpoint.security();
    this.user = endpoint.user();
    this.trust = endpoint.trust();
  }

  ServerKind kind() {
    return kind;
  }

  /** Changes what the server is for; the port follows if it was the usual one. */
  void kind(ServerKind other) {
    boolean usual = usualPort();
    kind = other;
    if (usual) {
      port = Integer.toString(kind.port(security));
    }
  }

  void suggest(String otherHost, String otherUser) {
    if (host.isEmpty() || host.equals(suggestedHost)) {
      host(otherHost);
    }
    if (user.isEmpty() || user.equals(suggestedUser)) {
      user = otherUser;
    }
    suggestedHost = otherHost;
    suggestedUser = otherUser;
  }

  String host() {
    return host;
  }

  /** Certificates accepted for another host are not accepted for this one. */
  void host(String other) {
    String stripped = other.strip();
    if (!stripped.equals(host)) {
      trust = new Trust(trust.anchors(), Set.of());
    }
    host = stripped;
  }

  String port() {
    return port;
  }

  void port(String other) {
    port = other.strip();
  }

  Security security() {
    return security;
  }

  /** The port follows if it was the usual one. */
  void security(Security other) {
    boolean usual = usualPort();
    security = other;
    if (usual) {
      port = Integer.toString(kind.port(other));
    }
  }

  String user() {
    return user;
  }

  void user(String other) {
    user = other.strip();
  }

  Trust trust() {
    return trust;
  }

  /** Accepts one certificate, which the user has seen. @param sha256 lower-case hex */
  void accept(String sha256) {
    Set<String> accepted = new HashSet<>(trust.exceptions());
    accepted.add(sha256);
    trust = new Trust(trust.anchors(), accepted);
  }

  /** Host and port; the user name is checked apart, because it does not always matter. */
  Check checkServer() {
    if (host.isEmpty()) {
      return new Check.Missing(kind == ServerKind.SUBMISSION ? Messages.Draft_submissionHostMissing : Messages.Draft_hostMissing);
    }
    if (!HOST.matcher(host).matches()) {
      return new Check.Wrong(NLS.bind(Messages.Draft_hostWrong, host));
    }
    if (port.isEmpty()) {
      return new Check.Missing(NLS.bind(Messages.Draft_portMissing, host));
    }
    return portNumber().isPresent() ? Check.FINE : new Check.Wrong(NLS.bind(Messages.Draft_portWrong, host));
  }

  /** @throws IllegalStateException if {@link #checkServer} does not say that all is fine */
  Endpoint endpoint(String userName) {
    int number = portNumber().orElseThrow(() -> new IllegalStateException("port not checked")); //$NON-NLS-1$
    return new Endpoint(host, number, security, userName, trust);
  }

  private boolean usualPort() {
    return port.isEmpty() || port.equals(Integer.toString(kind.port(security)));
  }

  private Optional<Integer> portNumber() {
    if (!port.matches("[0-9]{1,5}")) { //$NON-NLS-1$
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    return number >= 1 && number <= 65_535 ? Optional.of(number) : Optional.empty();
  }
}
