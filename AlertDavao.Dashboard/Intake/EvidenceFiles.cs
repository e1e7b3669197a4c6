using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// What the intake does on the disk of the <see cref="EvidenceStore"/>. Whatever the disk refuses is the client's 503: files
/// can wait, and reports without files never touch it.
/// </summary>
internal sealed partial class EvidenceFiles(
    EvidenceStore store, EvidenceOptions options, IDbContextFactory<AlertDavaoDb> contexts, ILogger<EvidenceFiles> log)
{
    private const int RetryAfterSeconds = 60;

    /// <summary>The original while it is written.</summary>
    public string Original(Guid id) => Path.Combine(store.Incoming, Path.GetFileName(store.Original(id)));

    /// <summary>The viewing copy while it is written.</summary>
    public string View(Guid id) => Path.Combine(store.Incoming, Path.GetFileName(store.View(id)));

    /// <summary>Whether the disk has room for more files beside the database.</summary>
    public bool HasRoom() => options.FreeBytes == 0 || new DriveInfo(store.Incoming).AvailableFreeSpace >= options.FreeBytes;

    /// <exception cref="IntakeRefused">503: there is less room than the floor.</exception>
    public void RequireRoom()
    {
        if (!OnDisk(HasRoom))
            throw Unavailable(IntakeTexts.StoreFull);
    }

    /// <summary>Writes a file as it comes in; when this returns it is whole and on the disk.</summary>
    /// <param name="head">Its first bytes, read already.</param>
    /// <param name="onBytes">Hears of every block before it is written, and may refuse it.</param>
    /// <returns>Its size and SHA-256.</returns>
    /// <exception cref="IntakeRefused">413: it is larger than a file may be; 503: it cannot be written.</exception>
    public async Task<(long Bytes, byte[] Sha256)> Write(
        Guid id, ReadOnlyMemory<byte> head, Stream rest, Memory<byte> buffer, Action<long> onBytes, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = OnDisk(() => new FileStream(Original(id), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        var bytes = 0L;
        for (var block = head; block.Length > 0; block = buffer[..await rest.ReadAsync(buffer, cancel)])
        {
            bytes += block.Length;
            if (bytes > Evidence.MaxBytes)
                throw IntakeRefused.Media(StatusCodes.Status413PayloadTooLarge, IntakeTexts.MediaTooLarge);
            onBytes(block.Length);
            hash.AppendData(block.Span);
            await Append(file, block, cancel);
        }

        OnDisk(() => file.Flush(flushToDisk: true));
        return (bytes, hash.GetHashAndReset());
    }

    /// <summary>Puts a file that is whole to its place, where it is only read from then on.</summary>
    public void Store(Guid id, bool hasView)
    {
        OnDisk(() => Directory.CreateDirectory(Path.GetDirectoryName(store.Original(id))!));
        if (hasView)
            OnDisk(() => Seal(View(id), store.View(id)));
        OnDisk(() => Seal(Original(id), store.Original(id)));
    }

    /// <summary>Removes files that belong to no report, wherever they have got to.</summary>
    public void Remove(IEnumerable<Guid> ids)
    {
        foreach (var path in ids.SelectMany(id => (string[])[Original(id), View(id), store.Original(id), store.View(id)]))
        {
            try
            {
                if (File.Exists(path))
                    File.Delete(path);
            }
            catch (Exception e) when (IsOfDisk(e))
            {
                NotRemoved(e.GetType().Name);
            }
        }
    }

    /// <summary>Whether one of the files is a report's after all: a failure does not always say that nothing was written.</summary>
    public bool AnyIsStored(IReadOnlyCollection<Guid> ids)
    {
        using var db = contexts.CreateDbContext();
        return db.Evidence.Any(file => ids.Contains(file.Id));
    }

    /// <summary>Does something with a file of the store.</summary>
    /// <exception cref="IntakeRefused">503: the disk did not.</exception>
    public T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            StoreFailed(e.GetType().Name);
            throw Unavailable(IntakeTexts.StoreFailed);
        }
    }

    private void OnDisk(Action work) => OnDisk(() =>
    {
        work();
        return true;
    });

    private async Task Append(FileStream file, ReadOnlyMemory<byte> block, CancellationToken cancel)
    {
        try
        {
            await file.WriteAsync(block, cancel);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            StoreFailed(e.GetType().Name);
            throw Unavailable(IntakeTexts.StoreFailed);
        }
    }

    private static void Seal(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(from, UnixFileMode.UserRead);
        File.Move(from, to);
    }

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private static IntakeRefused Unavailable(string why)
        => new(StatusCodes.Status503ServiceUnavailable, why) { RetryAfter = RetryAfterSeconds };

    // The type alone: messages of the disk name our folders.
    [LoggerMessage(LogLevel.Error, "The evidence store does not take files: {Failure}.")]
    private partial void StoreFailed(string failure);

    [LoggerMessage(LogLevel.Warning, "A file of no report could not be removed, the sweep will try again: {Failure}.")]
    private partial void NotRemoved(string failure);
}
