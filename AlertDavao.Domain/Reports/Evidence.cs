namespace AlertDavao.Domain.Reports;

/// <summary>What a file is, judged by its content.</summary>
public enum EvidenceKind
{
    Jpeg = 0,
    Png = 1,
    WebP = 2,
    Heic = 3,
    Mp4 = 4,

    /// <summary>QuickTime, as iPhones record.</summary>
    Mov = 5,
    WebM = 6,
}

/// <summary>
/// One file that came with a report, or with an officer's note on it. The original stays sealed under its hash; people look at the viewing copy of an image,
/// which was made anew from the pixels and carries no metadata. A video is its own viewing copy.
/// </summary>
public sealed class Evidence
{
    /// <summary>Files of one report (domain table, "evidence").</summary>
    public const int MaxPerReport = 5;

    /// <summary>Files that notes add to it, all of them together.</summary>
    public const int MaxOfNotes = 20;

    /// <summary>Bytes of one file.</summary>
    public const long MaxBytes = 25 * 1024 * 1024;

    private Evidence() { }

    /// <param name="id">128 random bits: nobody guesses the address of a file.</param>
    /// <param name="bytes">Of the original, 1 to <see cref="MaxBytes"/>.</param>
    /// <param name="sha256">Of the original, taken while it was written.</param>
    /// <exception cref="DomainRuleViolated">It is empty or too large.</exception>
    public Evidence(Guid id, int position, EvidenceKind kind, long bytes, byte[] sha256)
    {
        if (bytes is <= 0 or > MaxBytes)
            throw new DomainRuleViolated("Evidence.Size");

        Id = id;
        Position = position;
        Kind = kind;
        Bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>Also the name under which the store keeps it.</summary>
    public Guid Id { get; private set; }

    public Guid ReportId { get; private set; }

    /// <summary>Its place among the report's files, from 0.</summary>
    public int Position { get; private set; }

    public EvidenceKind Kind { get; private set; }

    /// <summary>Size of the original.</summary>
    public long Bytes { get; private set; }

    /// <summary>Of the original, 32 bytes.</summary>
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>The client's name of the file, normalised text for people; never part of a path.</summary>
    public string? FileName { get; init; }

    /// <summary>Size of the viewing copy in pixels; null for a video and for an image that has none.</summary>
    public int? Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int? Height { get; init; }

    /// <summary>The version of the report that the note made which brought it; null for one that came with the report.</summary>
    public int? NoteVersion { get; private set; }

    public bool IsVideo => Kind >= EvidenceKind.Mp4;

    internal Evidence Of(Guid reportId)
    {
        ReportId = reportId;
        return this;
    }

    internal Evidence OfNote(Guid reportId, int version, int position)
    {
        (ReportId, NoteVersion, Position) = (reportId, version, position);
        return this;
    }
}
