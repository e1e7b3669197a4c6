using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Takes in the files of requests.</summary>
internal sealed class EvidenceIntake(EvidenceFiles files, ViewingCopies views, EvidenceQuota quota)
{
    /// <summary>For the files of one request; dispose of it when the request ends, however it ends.</summary>
    public IncomingFiles Begin(IntakeClient client) => new(files, views, quota, client);

    /// <summary>For the files of an officer's note, which no key has to pay for.</summary>
    public IncomingFiles Begin() => new(files, views, quota, null);
}

/// <summary>
/// The files of one request. They are in the store before the report is in the database; unless the report
/// <see cref="Keep"/>s them they are removed when the request ends.
/// </summary>
internal sealed class IncomingFiles(EvidenceFiles files, ViewingCopies views, EvidenceQuota quota, IntakeClient? client) : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private const int MaxName = 200;

    private readonly List<Evidence> _taken = [];
    private readonly List<Guid> _begun = [];
    private EvidenceQuota.Allowance? _allowance;
    private bool _isStored;

    /// <summary>SHA-256 of each file, in order.</summary>
    public IEnumerable<byte[]> Hashes => _taken.Select(file => file.Sha256);

    /// <summary>Writes one file to the store's waiting room and judges it, as far as that needs no pixels.</summary>
    /// <param name="name">The client's name of it; null or empty when none was chosen.</param>
    /// <exception cref="IntakeRefused">It is no file we take, or there is no room for it.</exception>
    public async Task Take(Stream body, string? name, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var head = buffer.AsMemory(0, await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel));
            // What a form sends of which no file was chosen.
            if (head.Length == 0 && string.IsNullOrEmpty(name))
                return;

            _taken.Add(await Write(KindOf(head.Span), head, body, buffer, name, cancel));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes the viewing copies and puts everything to its place.</summary>
    /// <returns>What the report gets, in order; every file of it lies whole in the store.</returns>
    /// <exception cref="IntakeRefused">A picture cannot be drawn, or the disk refuses.</exception>
    public async Task<IReadOnlyList<Evidence>> Store(CancellationToken cancel)
    {
        var stored = new List<Evidence>(_taken.Count);
        foreach (var file in _taken)
            stored.Add(file.IsVideo ? file : await WithView(file, cancel));

        _isStored = true;
        foreach (var file in stored)
            files.Store(file.Id, hasView: !file.IsVideo);
        return stored;
    }

    /// <summary>They belong to a report from now on.</summary>
    public void Keep()
    {
        _begun.Clear();
        _allowance?.Keep();
    }

    public void Dispose()
    {
        _allowance?.Dispose();
        // Before the store nobody could have written a row. A database that cannot be asked leaves them to the sweep.
        if (_begun.Count > 0 && !(_isStored && files.AnyIsStored(_begun)))
            files.Remove(_begun);
    }

    private EvidenceKind KindOf(ReadOnlySpan<byte> head)
    {
        if (_taken.Count == Evidence.MaxPerReport)
            throw Refused(IntakeTexts.MediaTooMany);
        if (head.IsEmpty)
            throw Refused(IntakeTexts.MediaEmpty);
        return FileContent.KindOf(head) ?? throw Refused(IntakeTexts.MediaKind);
    }

    private async Task<Evidence> Write(
        EvidenceKind kind, ReadOnlyMemory<byte> head, Stream rest, Memory<byte> buffer, string? name, CancellationToken cancel)
    {
        files.RequireRoom();
        if (client is not null)
            _allowance ??= quota.Open(client);
        // 128 random bits: nobody guesses the address of a file.
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        _begun.Add(id);
        var (bytes, hash) = await files.Write(id, head, rest, buffer, bytes => _allowance?.Take(bytes), cancel);

        using var written = files.OnDisk(() => File.OpenRead(files.Original(id)));
        return files.OnDisk(() => FileContent.FaultOf(kind, written)) switch
        {
            FileFault.Damaged => throw Refused(IntakeTexts.MediaDamaged),
            FileFault.Moving => throw Refused(IntakeTexts.MediaMoving),
            _ => new Evidence(id, _taken.Count, kind, bytes, hash) { FileName = Shown(name) },
        };
    }

    private async Task<Evidence> WithView(Evidence file, CancellationToken cancel)
    {
        var (fault, width, height) = await views.Make(file.Kind, files.Original(file.Id), files.View(file.Id), files, cancel);
        return fault switch
        {
            FileFault.Damaged => throw Refused(IntakeTexts.MediaDamaged, file.Position),
            FileFault.TooLarge => throw Refused(IntakeTexts.MediaPixels, file.Position),
            _ => new Evidence(file.Id, file.Position, file.Kind, file.Bytes, file.Sha256) { FileName = file.FileName, Width = width, Height = height },
        };
    }

    private IntakeRefused Refused(string why) => Refused(why, _taken.Count);

    // People count from 1.
    private static IntakeRefused Refused(string why, int position)
        => IntakeRefused.Media(StatusCodes.Status422UnprocessableEntity, string.Format(CultureInfo.CurrentCulture, why, position + 1));

    // For people, and never part of a path: what stands behind the last slash, as one line.
    private static string? Shown(string? name)
        => name is not null && PlainText.TryNormalise(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].ReplaceLineEndings(" "), out var text) && text.Length > 0
            ? text.Length <= MaxName ? text : text[..(char.IsHighSurrogate(text[MaxName - 1]) ? MaxName - 1 : MaxName)]
            : null;
}
