-- What an attempt used besides CPU time: memory over time, and bytes to and from block devices.
ALTER TABLE "usage_records"
  ADD COLUMN "memory_byte_ms" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "io_read_bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "io_write_bytes" BIGINT NOT NULL DEFAULT 0;
