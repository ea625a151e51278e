/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS on connected sockets and has the one host checked that the user named (RFC 2818 section 3.1); makes no connections of its own. */
final class HostCheckingFactory extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final String host;
  private final Runnable beginning;

  /** @param beginning told before each handshake */
  HostCheckingFactory(SSLSocketFactory factory, String host, Runnable beginning) {
    this.factory = factory;
    this.host = host;
    this.beginning = beginning;
  }

  @Override
  public Socket createSocket(Socket plain, String ignored, int port, boolean close) throws IOException {
    beginning.run();
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, port, close);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); //$NON-NLS-1$
    tls.setSSLParameters(parameters);
    return tls;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String to, int port) throws IOException {
    throw unwatched();
  }

  @Override
  public Socket createSocket(String to, int port, InetAddress from, int fromPort) throws IOException {
    throw unwatched();
  }

  @Override
  public Socket createSocket(InetAddress to, int port) throws IOException {
    throw unwatched();
  }

  @Override
  public Socket createSocket(InetAddress to, int port, InetAddress from, int fromPort) throws IOException {
    throw unwatched();
  }

  private static IOException unwatched() {
    return new IOException("connections are made by the Dialer, which watches them"); //$NON-NLS-1$
  }
}
