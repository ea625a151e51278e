/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;

/**
 * The raw messages, appended to files of about 64 MB: each is preceded by a mark, its length and its CRC-32C. Where they lie is in the
 * database only; bytes nobody names are given back by {@link Compactor}. A message over 1 MB is streamed to a file of its own, so that
 * a slow source holds up nobody.
 */
final class SegmentFiles implements AutoCloseable {
  static final int MARK = 0x48474d31;
  static final int HEADER = 16;
  /** Messages larger than this are refused. */
  static final long MESSAGE_LIMIT = 2L << 30;
  private static final long ROLL = 64L << 20;
  private static final int IN_MEMORY = 1 << 20;
  private final Path folder;
  private final Disk disk;
  private final Set<SegmentBody> unnamed = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private int last; // guarded by this: highest number in use
  private int resumed; // guarded by this: the file an earlier process left unfinished; 0 for none
  private int number; // guarded by this: the file being appended to; 0 for none
  private Disk.Output output; // guarded by this
  private long end; // guarded by this
  private boolean forced = true; // guarded by this
  private int forcing; // guarded by this: how many force at the moment
  private final Deque<Disk.Output> sealed = new ArrayDeque<>(); // guarded by this: ended, to be closed when nobody forces any more

  /** @param highest number of a segment the database names */
  SegmentFiles(Path folder, Disk disk, int highest) throws IOException {
    this.folder = folder;
    this.disk = disk;
    Files.createDirectories(folder);
    resumed = numbers().stream().mapToInt(i -> i).max().orElse(0);
    last = Math.max(highest, resumed);
  }

  /** Numbers of the files there are, in order. */
  Set<Integer> numbers() throws IOException {
    var numbers = new TreeSet<Integer>();
    try (Stream<Path> files = Files.list(folder)) {
      files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{6,9}\\.seg")) //$NON-NLS-1$
          .forEach(name -> numbers.add(Integer.parseInt(name.substring(0, name.length() - 4))));
    }
    return numbers;
  }

  Path file(int segment) {
    return folder.resolve(String.format("%06d.seg", segment)); //$NON-NLS-1$
  }

  SegmentBody stage(InputStream content, BodyState state) throws StoreException, IOException {
    byte[] start = content.readNBytes(IN_MEMORY + 1);
    RawRef ref = start.length <= IN_MEMORY ? append(start) : stream(start, content);
    SegmentBody body = new SegmentBody(this, ref, state, 0, key -> ref);
    unnamed.add(body);
    return body;
  }

  /** Appends to the current file. Not forced. */
  synchronized RawRef append(byte[] content) throws StoreException {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    try {
      roll();
      long start = end + HEADER;
      byte[] record = new byte[HEADER + content.length];
      System.arraycopy(header(content.length, checksum.getValue()), 0, record, 0, HEADER);
      System.arraycopy(content, 0, record, HEADER, content.length);
      forced = false;
      output.write(end, record, 0, record.length);
      end = start + content.length;
      return new RawRef(number, start, content.length, checksum.getValue());
    } catch (IOException e) {
      shorten();
      throw Trouble.translate("append", e); //$NON-NLS-1$
    }
  }

  /** A half-written record is cut off, so that a full disk gets its space back; what cannot be cut off is written over. */
  private void shorten() {
    try {
      if (output != null) {
        output.truncate(end);
      }
    } catch (IOException e) {
      Trouble.ignore(e); // the next record is written at the same place anyway
    }
  }

  private void roll() throws IOException {
    if (output != null && end < ROLL) {
      return;
    }
    if (output == null && resumed > 0 && Files.size(file(resumed)) < ROLL) {
      number = resumed;
      resumed = 0;
      output = disk.open(file(number));
      end = output.length();
      return;
    }
    seal();
    int next = last + 1;
    output = disk.open(file(next));
    number = next;
    last = next;
    end = output.length();
    disk.forceFolder(folder);
  }

  /** Ends the current file; the next record begins another one. */
  private synchronized void seal() throws IOException {
    if (output != null) {
      if (!forced) {
        output.force();
        forced = true;
      }
      Disk.Output old = output;
      output = null;
      number = 0;
      if (forcing > 0) {
        sealed.add(old);
      } else {
        old.close();
      }
    }
  }

  private synchronized int reserve() {
    // the file being appended to keeps its number; a new one takes the next
    return ++last;
  }

  private RawRef stream(byte[] start, InputStream content) throws StoreException, IOException {
    int segment = reserve();
    Path file = file(segment);
    Disk.Output out = null;
    boolean done = false;
    try {
      out = openNew(file);
      CRC32C checksum = new CRC32C();
      long length = 0;
      byte[] buffer = start;
      for (int count = start.length; count >= 0; count = content.read(buffer)) {
        length += count;
        if (length > MESSAGE_LIMIT) {
          throw new StoreException("message of more than 2 GB", null); //$NON-NLS-1$
        }
        checksum.update(buffer, 0, count);
        put(out, HEADER + length - count, buffer, count);
      }
      put(out, 0, header(length, checksum.getValue()), HEADER);
      finish(out);
      done = true;
      return new RawRef(segment, HEADER, length, checksum.getValue());
    } finally {
      if (!done) {
        discard(out, file);
      }
    }
  }

  private Disk.Output openNew(Path file) throws StoreException {
    try {
      return disk.open(file);
    } catch (IOException e) {
      throw Trouble.translate("open", e); //$NON-NLS-1$
    }
  }

  private static void put(Disk.Output out, long at, byte[] bytes, int count) throws StoreException {
    try {
      out.write(at, bytes, 0, count);
    } catch (IOException e) {
      throw Trouble.translate("write", e); //$NON-NLS-1$
    }
  }

  private void finish(Disk.Output out) throws StoreException {
    try {
      out.force();
      out.close();
      disk.forceFolder(folder);
    } catch (IOException e) {
      throw Trouble.translate("force", e); //$NON-NLS-1$
    }
  }

  private void discard(Disk.Output out, Path file) {
    try {
      if (out != null) {
        out.close();
      }
      disk.delete(file);
    } catch (IOException e) {
      Trouble.ignore(e); // compaction finds a file nobody names
    }
  }

  static byte[] header(long length, long checksum) {
    return ByteBuffer.allocate(HEADER).putInt(MARK).putLong(length).putInt((int) checksum).array();
  }

  /** Makes these segments durable. Others than the current one are already. Appending goes on meanwhile. */
  void force(Collection<Integer> segments) throws StoreException {
    Disk.Output current;
    long written;
    synchronized (this) {
      if (output == null || forced || !segments.contains(number)) {
        return;
      }
      current = output;
      written = end;
      forcing++;
    }
    try {
      current.force();
      forced(current, written);
    } catch (IOException e) {
      throw Trouble.translate("force", e); //$NON-NLS-1$
    } finally {
      forcingEnded();
    }
  }

  private synchronized void forced(Disk.Output what, long written) {
    if (what == output && written == end) {
      forced = true;
    }
  }

  /** What was ended while it was being forced is closed by the last who forces. */
  private synchronized void forcingEnded() {
    forcing--;
    while (forcing == 0 && !sealed.isEmpty()) {
      try {
        sealed.remove().close();
      } catch (IOException e) {
        Trouble.ignore(e); // it was forced when it was ended
      }
    }
  }

  /** What was staged has its place in the database now. */
  void named(SegmentBody body) {
    unnamed.remove(body);
  }

  /** Whether bytes in it may still be named by a transaction to come. */
  boolean pinned(int segment) {
    synchronized (unnamed) {
      return unnamed.stream().anyMatch(body -> body.ref().segment() == segment);
    }
  }

  /** Ends the current file if it is this one, so that it can be rewritten. */
  synchronized void leave(int segment) throws IOException {
    if (segment == number) {
      seal();
    }
    if (segment == resumed) {
      resumed = 0;
    }
  }

  void delete(int segment) throws IOException {
    disk.delete(file(segment));
    disk.forceFolder(folder);
  }

  long size(int segment) throws IOException {
    return Files.size(file(segment));
  }

  /**
   * Content, verified: small content before the first byte is handed out, large content with its last byte.
   *
   * @throws java.nio.file.NoSuchFileException if the segment is not there (any more)
   */
  InputStream open(RawRef ref) throws IOException {
    Path file = file(ref.segment());
    if (!Files.exists(file)) {
      throw new java.nio.file.NoSuchFileException(file.getFileName().toString());
    }
    FileInputStream in = new FileInputStream(file.toFile());
    boolean handedOut = false;
    try {
      in.skipNBytes(ref.start());
      if (ref.length() > IN_MEMORY) {
        handedOut = true;
        return new VerifiedStream(in, ref);
      }
      byte[] content = in.readNBytes((int) ref.length());
      verify(content, ref);
      return new ByteArrayInputStream(content);
    } catch (EOFException e) {
      throw new IOException("segment " + ref.segment() + " is too short", e); //$NON-NLS-1$ //$NON-NLS-2$
    } finally {
      if (!handedOut) {
        in.close();
      }
    }
  }

  private static void verify(byte[] content, RawRef ref) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    if (content.length != ref.length() || checksum.getValue() != ref.checksum()) {
      throw new IOException("content in segment " + ref.segment() + " at " + ref.start() + " is damaged"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
  }

  @Override
  public synchronized void close() throws IOException {
    seal();
  }
}
