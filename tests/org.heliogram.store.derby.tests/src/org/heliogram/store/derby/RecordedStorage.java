/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;
import org.apache.derby.io.WritableStorageFactory;

/** A storage plug-in of Derby ({@code derby.subSubProtocol.recorded}) that tells a {@link DiskRecorder} what it does to the real files. */
public final class RecordedStorage implements WritableStorageFactory {
  static volatile DiskRecorder recorder; // set by the test before Derby makes one of these
  private String folder;

  @Override
  public void init(String home, String databaseName, String temporary, String uniqueName) throws IOException {
    folder = new File(databaseName == null ? String.valueOf(home) : databaseName).getCanonicalPath();
  }

  @Override
  public void shutdown() {}

  @Override
  public String getCanonicalName() {
    return folder;
  }

  @Override
  public void setCanonicalName(String name) {
    folder = name;
  }

  private File file(String path) {
    File file = new File(path);
    return file.isAbsolute() ? file : new File(folder, path);
  }

  @Override
  public StorageFile newStorageFile(String path) {
    return new RecordedFile(path == null ? new File(folder) : file(path));
  }

  @Override
  public StorageFile newStorageFile(String directory, String name) {
    return new RecordedFile(new File(directory == null ? new File(folder) : file(directory), name));
  }

  @Override
  public StorageFile newStorageFile(StorageFile directory, String name) {
    return new RecordedFile(new File(directory == null ? folder : directory.getPath(), name));
  }

  @Override
  public char getSeparator() {
    return File.separatorChar;
  }

  @Override
  public StorageFile getTempDir() {
    return new RecordedFile(new File(folder, "tmp"));
  }

  @Override
  public boolean isFast() {
    return false;
  }

  @Override
  public boolean isReadOnlyDatabase() {
    return false;
  }

  @Override
  public boolean supportsRandomAccess() {
    return true;
  }

  @Override
  public int getStorageFactoryVersion() {
    return VERSION_NUMBER;
  }

  @Override
  public StorageFile createTemporaryFile(String prefix, String suffix) throws IOException {
    return new RecordedFile(File.createTempFile(prefix == null ? "tmp" : prefix, suffix, new File(folder, "tmp")));
  }

  @Override
  public void sync(OutputStream stream, boolean metaData) throws IOException {
    stream.flush();
    recorder.sync(((RecordedStream) stream).path);
  }

  @Override
  public boolean supportsWriteSync() {
    return false;
  }

  /** A stream of Derby's to a file. */
  private static final class RecordedStream extends OutputStream {
    private final Path path;
    private final RandomAccessFile file;

    RecordedStream(File file, boolean append) throws IOException {
      this.path = file.toPath();
      this.file = new RandomAccessFile(file, "rw");
      if (append) {
        this.file.seek(this.file.length());
      } else {
        this.file.setLength(0);
        recorder.create(path);
      }
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      recorder.write(path, file.getFilePointer(), bytes, from, count);
      file.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A file or folder of Derby's. */
  private record RecordedFile(File file) implements StorageFile {
    @Override
    public String[] list() {
      return file.list();
    }

    @Override
    public boolean canWrite() {
      return file.canWrite();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }

    @Override
    public boolean isDirectory() {
      return file.isDirectory();
    }

    @Override
    public boolean delete() {
      boolean done = file.delete();
      if (done) {
        recorder.delete(file.toPath());
      }
      return done;
    }

    @Override
    public boolean deleteAll() {
      File[] files = file.listFiles();
      for (File one : files == null ? new File[0] : files) {
        new RecordedFile(one).deleteAll();
      }
      return delete();
    }

    @Override
    public String getPath() {
      return file.getPath();
    }

    @Override
    public String getCanonicalPath() throws IOException {
      return file.getCanonicalPath();
    }

    @Override
    public String getName() {
      return file.getName();
    }

    @Override
    public boolean createNewFile() throws IOException {
      boolean done = file.createNewFile();
      if (done) {
        recorder.create(file.toPath());
      }
      return done;
    }

    @Override
    public boolean renameTo(StorageFile to) {
      boolean done = file.renameTo(new File(to.getPath()));
      if (done) {
        recorder.rename(file.toPath(), Path.of(to.getPath()));
      }
      return done;
    }

    @Override
    public boolean mkdir() {
      boolean done = file.mkdir();
      if (done) {
        recorder.makeFolder(file.toPath());
      }
      return done;
    }

    @Override
    public boolean mkdirs() {
      boolean done = file.mkdirs();
      if (done) {
        recorder.makeFolder(file.toPath());
      }
      return done;
    }

    @Override
    public StorageFile getParentDir() {
      return file.getParentFile() == null ? null : new RecordedFile(file.getParentFile());
    }

    @Override
    public boolean setReadOnly() {
      return file.setReadOnly();
    }

    @Override
    public OutputStream getOutputStream() throws FileNotFoundException {
      return getOutputStream(false);
    }

    @Override
    public OutputStream getOutputStream(boolean append) throws FileNotFoundException {
      try {
        return new RecordedStream(file, append);
      } catch (IOException e) {
        throw new FileNotFoundException(e.toString());
      }
    }

    @Override
    public InputStream getInputStream() throws FileNotFoundException {
      return new FileInputStream(file);
    }

    @Override
    public int getExclusiveFileLock() {
      return NO_FILE_LOCK_SUPPORT;
    }

    @Override
    public void releaseExclusiveFileLock() {}

    @Override
    public StorageRandomAccessFile getRandomAccessFile(String mode) throws FileNotFoundException {
      try {
        return new RecordedRandomAccess(file, mode);
      } catch (IOException e) {
        throw new FileNotFoundException(e.toString());
      }
    }

    @Override
    public void limitAccessToOwner() {}
  }

  /** Must not extend RandomAccessFile: Derby would take its channel and write past the recorder. */
  private static final class RecordedRandomAccess implements StorageRandomAccessFile {
    private final File path;
    private final String mode;
    private final RandomAccessFile file;
    private final DataOutputStream out = new DataOutputStream(new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        RecordedRandomAccess.this.write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        RecordedRandomAccess.this.write(bytes, from, count);
      }
    });
    private final DataInputStream in = new DataInputStream(new InputStream() {
      @Override
      public int read() throws IOException {
        return file.read();
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        return file.read(bytes, from, count);
      }
    });

    RecordedRandomAccess(File path, String mode) throws IOException {
      this.path = path;
      this.mode = mode;
      boolean fresh = mode.startsWith("rw") && !path.exists();
      this.file = new RandomAccessFile(path, mode.startsWith("rw") ? "rw" : mode);
      if (fresh) {
        recorder.create(path.toPath());
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      recorder.write(path.toPath(), file.getFilePointer(), bytes, from, count);
      file.write(bytes, from, count);
      if (mode.length() > 2) {
        sync();
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
      out.writeBoolean(value);
    }

    @Override
    public void writeByte(int value) throws IOException {
      out.writeByte(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
      out.writeShort(value);
    }

    @Override
    public void writeChar(int value) throws IOException {
      out.writeChar(value);
    }

    @Override
    public void writeInt(int value) throws IOException {
      out.writeInt(value);
    }

    @Override
    public void writeLong(long value) throws IOException {
      out.writeLong(value);
    }

    @Override
    public void writeFloat(float value) throws IOException {
      out.writeFloat(value);
    }

    @Override
    public void writeDouble(double value) throws IOException {
      out.writeDouble(value);
    }

    @Override
    public void writeBytes(String value) throws IOException {
      out.writeBytes(value);
    }

    @Override
    public void writeChars(String value) throws IOException {
      out.writeChars(value);
    }

    @Override
    public void writeUTF(String value) throws IOException {
      out.writeUTF(value);
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      file.readFully(bytes);
    }

    @Override
    public void readFully(byte[] bytes, int from, int count) throws IOException {
      file.readFully(bytes, from, count);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      return file.read(bytes, from, count);
    }

    @Override
    public int skipBytes(int count) throws IOException {
      return file.skipBytes(count);
    }

    @Override
    public boolean readBoolean() throws IOException {
      return in.readBoolean();
    }

    @Override
    public byte readByte() throws IOException {
      return in.readByte();
    }

    @Override
    public int readUnsignedByte() throws IOException {
      return in.readUnsignedByte();
    }

    @Override
    public short readShort() throws IOException {
      return in.readShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
      return in.readUnsignedShort();
    }

    @Override
    public char readChar() throws IOException {
      return in.readChar();
    }

    @Override
    public int readInt() throws IOException {
      return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
      return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
      return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
      return in.readDouble();
    }

    @Override
    public String readLine() throws IOException {
      return file.readLine();
    }

    @Override
    public String readUTF() throws IOException {
      return in.readUTF();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }

    @Override
    public long getFilePointer() throws IOException {
      return file.getFilePointer();
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void seek(long to) throws IOException {
      file.seek(to);
    }

    @Override
    public void setLength(long length) throws IOException {
      recorder.length(path.toPath(), length);
      file.setLength(length);
    }

    @Override
    public void sync() {
      recorder.sync(path.toPath());
    }

    @Override
    public StorageRandomAccessFile clone() {
      try {
        return new RecordedRandomAccess(path, mode);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
