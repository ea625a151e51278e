/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.heliogram.core.model.Trust;

/**
 * Accepts a server's certificate if the user made an exception for it, or if it leads to an issuer of {@link Trust#anchors()} or of the
 * platform, is in force and names the host. The host is checked by the delegates, because the socket says it wants that.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final Trust trust;
  private final List<X509ExtendedTrustManager> delegates = new ArrayList<>();

  /** @throws GeneralSecurityException if the anchors are not certificates */
  ServerTrust(Trust trust) throws GeneralSecurityException {
    this.trust = trust;
    if (!trust.anchors().isBlank()) {
      delegates.add(delegate(anchors(trust.anchors())));
    }
    delegates.add(Platform.TRUST);
  }

  /** A context of its own for each connection: a resumed session would be one whose certificate nobody looked at. */
  static SSLSocketFactory socketFactory(Trust trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS"); //$NON-NLS-1$
    context.init(null, new TrustManager[] {new ServerTrust(trust)}, null);
    return context.getSocketFactory();
  }

  /** Read once: it takes tens of milliseconds. */
  private static final class Platform {
    static final X509ExtendedTrustManager TRUST = platform();

    private static X509ExtendedTrustManager platform() {
      try {
        return delegate(null);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no trusted issuers", e); //$NON-NLS-1$
      }
    }
  }

  private static X509ExtendedTrustManager delegate(KeyStore issuers) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX"); //$NON-NLS-1$
    factory.init(issuers);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no PKIX trust manager"); //$NON-NLS-1$
  }

  private static KeyStore anchors(String pem) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    int number = 0;
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) { //$NON-NLS-1$
      store.setCertificateEntry("anchor" + number++, certificate); //$NON-NLS-1$
    }
    return store;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
    check(chain, delegate -> delegate.checkServerTrusted(chain, kind, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
    check(chain, delegate -> delegate.checkServerTrusted(chain, kind, engine));
  }

  /** Nobody asks without a connection to check the host against. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw new CertificateException("no connection to check the host of"); //$NON-NLS-1$
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    if (chain.length > 0 && trust.exceptions().contains(CertificateReport.sha256(chain[0]))) {
      return;
    }
    CertificateException refusal = null;
    for (X509ExtendedTrustManager delegate : delegates) {
      try {
        check.by(delegate);
        return;
      } catch (CertificateException e) {
        // The anchors are asked first; what the platform says counts only where they did not know the issuer at all.
        refusal = refusal == null || CertificateReport.unknownIssuer(refusal) ? e : refusal;
      }
    }
    throw CertificateReport.problem(chain, refusal);
  }

  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager delegate) throws CertificateException;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw new CertificateException("this is a client"); //$NON-NLS-1$
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
    checkClientTrusted(chain, kind);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
    checkClientTrusted(chain, kind);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
