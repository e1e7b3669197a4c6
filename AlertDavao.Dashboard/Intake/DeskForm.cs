using System.Globalization;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// What an officer types for a caller or a visitor, as the browser sends it. It is judged as the fields of the intake contract
/// (<see cref="ReportForm"/>): the desk accepts and refuses what the app does, in words for a person.
/// </summary>
internal sealed class DeskForm
{
    public const string WalkIn = "walk-in";
    public const string Phone = "phone";
    public const string Radio = "radio";

    /// <summary>How a browser writes a date and time without an offset; here it is Manila's.</summary>
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] LocalTimes = [LocalTime, LocalTime + "':'ss"];

    /// <summary>Field of the contract to the field of this form that its fault is shown at.</summary>
    private static readonly Dictionary<string, (string Field, Func<string> Label)> Shown = new()
    {
        [ReportForm.Title] = (nameof(Title), () => DeskTexts.Title),
        [ReportForm.CrimeTypes] = (nameof(Types), () => DeskTexts.Types),
        [ReportForm.Description] = (nameof(Description), () => DeskTexts.Description),
        [ReportForm.IncidentDate] = (nameof(HappenedAt), () => DeskTexts.HappenedAt),
        [ReportForm.Latitude] = (nameof(Latitude), () => DeskTexts.Latitude),
        [ReportForm.Longitude] = (nameof(Latitude), () => DeskTexts.Longitude),
        [ReportForm.Barangay] = (nameof(Barangay), () => DeskTexts.Barangay),
        [ReportForm.Address] = (nameof(Address), () => DeskTexts.Address),
        [ReportForm.ReporterName] = (nameof(ReporterName), () => DeskTexts.ReporterName),
        [ReportForm.ReporterPhone] = (nameof(ReporterPhone), () => DeskTexts.ReporterPhone),
    };

    private readonly Dictionary<string, List<string>> _faults = [];

    /// <summary>Of this form; the report gets it, so that filing twice gives one report.</summary>
    public string? Id { get; set; }

    public string? Source { get; set; }
    public string[]? Types { get; set; }
    public string? OtherType { get; set; }
    public string? Title { get; set; }
    public string? Description { get; set; }
    public string? HappenedAt { get; set; }
    public string? Latitude { get; set; }
    public string? Longitude { get; set; }

    /// <summary>PSGC.</summary>
    public string? Barangay { get; set; }

    public string? Address { get; set; }
    public string? ReporterName { get; set; }
    public string? ReporterPhone { get; set; }
    public bool IsAnonymous { get; set; }

    /// <summary>Somebody showed a point.</summary>
    public bool HasPoint => !string.IsNullOrWhiteSpace(Latitude) || !string.IsNullOrWhiteSpace(Longitude);

    public bool HasPlace => HasPoint || !string.IsNullOrWhiteSpace(Barangay);

    public static DeskForm New(DateTimeOffset now) => new()
    {
        Id = NewId(now),
        HappenedAt = Domain.Geography.ManilaTime.Of(now).ToString(LocalTime, CultureInfo.InvariantCulture),
    };

    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();

    /// <summary>What is wrong with a field, in whole sentences; empty when nothing is.</summary>
    /// <param name="field">Name of a property.</param>
    public IReadOnlyList<string> FaultsOf(string field) => _faults.GetValueOrDefault(field, []);

    public bool HasFaults => _faults.Count > 0;

    /// <summary>What was typed as a report to be filed, or null: then <see cref="FaultsOf"/> says why.</summary>
    public Incoming? Read(BarangayChoices barangays, DateTimeOffset now)
    {
        _faults.Clear();
        var barangay = string.IsNullOrWhiteSpace(Barangay) ? null : barangays.Find(Barangay);
        if (barangay is null && !string.IsNullOrWhiteSpace(Barangay))
            Refuse(nameof(Barangay), DeskTexts.BarangayUnknown);

        var form = new ReportForm(Fields(barangay));
        var read = form.Read(SourceOf(Source), now);
        foreach (var (name, why) in form.Errors.SelectMany(error => error.Value.Select(why => (error.Key, why))))
            Say(name, why);
        if (SourceOf(Source) == default)
            Refuse(nameof(Source), DeskTexts.SourceMissing);

        return read is not var (submission, reporter) || HasFaults ? null : new Incoming(
            submission with { IsBarangayAlone = barangay is not null && !HasPoint }, reporter, form.Original(), form.Fingerprint([]));
    }

    // What was left empty was not sent. Nothing of an anonymous reporter is even read.
    private Dictionary<string, Field> Fields(BarangayChoice? barangay)
    {
        var texts = new Dictionary<string, string?>
        {
            [ReportForm.Title] = Title,
            [ReportForm.Description] = Description,
            [ReportForm.IncidentDate] = ContractTime(HappenedAt),
            [ReportForm.IsAnonymous] = IsAnonymous ? "1" : "0",
            [ReportForm.Latitude] = HasPoint ? Latitude : Number(barangay?.Inside.Latitude),
            [ReportForm.Longitude] = HasPoint ? Longitude : Number(barangay?.Inside.Longitude),
            [ReportForm.Address] = Address,
            [ReportForm.Barangay] = barangay?.Name,
            [ReportForm.ReporterName] = IsAnonymous ? null : ReporterName,
            [ReportForm.ReporterPhone] = IsAnonymous ? null : ReporterPhone,
        };
        var fields = texts.Where(text => !string.IsNullOrWhiteSpace(text.Value)).ToDictionary(text => text.Key, text => Field.Of(text.Value!));
        string[] types = [.. Types ?? [], .. string.IsNullOrWhiteSpace(OtherType) ? Array.Empty<string>() : [OtherType]];
        fields[ReportForm.CrimeTypes] = new Field(FieldKind.List, "", types);
        return fields;
    }

    // The default of the enumeration is the citizens' app: nothing that an officer may say.
    private static ReportSource SourceOf(string? source) => source switch
    {
        WalkIn => ReportSource.WalkIn,
        Phone => ReportSource.Phone,
        Radio => ReportSource.Radio,
        _ => default,
    };

    private static string? ContractTime(string? local)
        => DateTime.TryParseExact(local?.Trim(), LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : local;

    private static string? Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private void Say(string name, string why)
    {
        if (!Shown.TryGetValue(name, out var shown))
            return;
        // The contract's own words for these two are for programs.
        Refuse(shown.Field, why == IntakeTexts.FieldNotDate ? DeskTexts.HappenedAtWrong
            : name == ReportForm.CrimeTypes && why == IntakeTexts.FieldMissing ? DeskTexts.TypesMissing
            : string.Format(CultureInfo.CurrentCulture, DeskTexts.Fault, shown.Label(), why));
    }

    private void Refuse(string field, string sentence)
    {
        if (!_faults.TryGetValue(field, out var sentences))
            _faults[field] = sentences = [];
        sentences.Add(sentence);
    }
}
