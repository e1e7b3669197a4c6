using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// The fields of the intake contract, whatever carried them. Reading collects every fault, so that a client learns of all
/// of them at once; fields the contract does not name are ignored.
/// </summary>
internal sealed class ReportForm(IReadOnlyDictionary<string, Field> fields)
{
    public const string Title = "title";
    public const string CrimeTypes = "crime_types";
    public const string Description = "description";
    public const string IncidentDate = "incident_date";
    public const string IsAnonymous = "is_anonymous";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Address = "reporters_address";
    public const string Barangay = "barangay";
    public const string BarangayId = "barangay_id";
    public const string UserId = "user_id";
    public const string ReporterName = "reporter_name";
    public const string ReporterPhone = "reporter_phone";

    /// <summary>The files; a form carries them beside its fields.</summary>
    public const string Media = "media";

    private static readonly string[] Names =
    [
        Title, CrimeTypes, Description, IncidentDate, IsAnonymous, Latitude, Longitude, Address, Barangay, BarangayId,
        UserId, ReporterName, ReporterPhone,
    ];

    private static readonly string[] TextNames = [Title, CrimeTypes, Description, IncidentDate, Address, Barangay, BarangayId];

    private readonly Dictionary<string, List<string>> _errors = [];

    private delegate bool Normaliser(string text, out string normalised);

    /// <summary>By field name of the contract; empty when the form may be submitted.</summary>
    public IReadOnlyDictionary<string, List<string>> Errors => _errors;

    /// <summary>Whether a field is one of the contract's, files aside.</summary>
    public static bool Knows(string name) => Names.Contains(name);

    /// <summary>SHA-256 over what was sent in the contract's fields: two carriers of the same report have the same.</summary>
    /// <param name="files">SHA-256 of each file, in order.</param>
    public byte[] Fingerprint(IEnumerable<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names)
        {
            var field = this[name];
            IEnumerable<string> parts = [name, field.Kind == FieldKind.Absent ? "-" : "+", field.Text, .. field.Items];
            foreach (var part in parts)
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        // After the fields, and nothing where there is no file: a report without one has the fingerprint of its fields.
        foreach (var file in files)
            hash.AppendData(file);
        return hash.GetHashAndReset();
    }

    /// <summary>JSON of the texts as they were typed. Who the reporter is stays out of it.</summary>
    public string Original()
        => JsonSerializer.Serialize(
            TextNames.Where(name => this[name].Kind is not FieldKind.Absent).ToDictionary(
                name => name, name => this[name] is { Kind: FieldKind.List, Items: var items } ? string.Join('\n', items) : this[name].Text),
            JsonSerializerOptions.Default);

    /// <summary>The submission and who sent it, or null: then <see cref="Errors"/> says why.</summary>
    public (Submission Submission, Reporter Reporter)? Read(ReportSource source, DateTimeOffset now)
    {
        var anonymous = Boolean(IsAnonymous);
        var submission = new Submission
        {
            Title = Line(Title) ?? "",
            CrimeTypes = Types(),
            Description = Text(Description) ?? "",
            OccurredAt = Date(now),
            Latitude = Number(Latitude),
            Longitude = Number(Longitude),
            Address = Line(Address),
            BarangayHint = Line(Barangay),
            IsAnonymous = anonymous,
            Source = source,
        };
        var reporter = new Reporter(
            Reference(UserId), anonymous ? null : Short(ReporterName), anonymous ? null : Short(ReporterPhone));
        foreach (var fault in submission.Faults(now))
            Blame(fault);

        return _errors.Count == 0 ? (submission, reporter) : null;
    }

    private Field this[string name] => fields.TryGetValue(name, out var field) ? field : Field.Absent;

    // A title or a name is one line, however it was sent.
    private string? Line(string name) => Text(name, PlainText.TryNormaliseLine);

    private string? Text(string name) => Text(name, PlainText.TryNormalise);

    private string? Text(string name, Normaliser normalise)
    {
        var field = this[name];
        if (field.Kind == FieldKind.Absent)
            return null;
        if (field.Kind != FieldKind.Text)
            return Refuse(name, IntakeTexts.FieldNotText);
        return normalise(field.Text, out var text) ? text : Refuse(name, IntakeTexts.FieldNotUnicode);
    }

    private string? Short(string name)
    {
        var text = Line(name);
        return text is { Length: > Submission.MaxReporter * Submission.CharsPerElement }
            || (text is not null && new StringInfo(text).LengthInTextElements > Submission.MaxReporter)
            ? Refuse(name, Format(IntakeTexts.FieldTooLong, Submission.MaxReporter))
            : text is "" ? null : text;
    }

    // An opaque reference of the client; apps send their own row number as often as a text.
    private string? Reference(string name)
        => this[name].Kind == FieldKind.Number ? this[name].Text : Short(name);

    private double? Number(string name)
    {
        var field = this[name];
        var text = field.Text.Trim();
        if (field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && text.Length == 0))
            return null;
        if (field.Kind is FieldKind.Text or FieldKind.Number
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
            return number;

        Refuse(name, IntakeTexts.FieldNotNumber);
        return null;
    }

    private bool Boolean(string name)
    {
        var field = this[name];
        var text = field.Text.Trim();
        if (field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && text.Length == 0))
            return false;
        if (field.Kind is FieldKind.Text or FieldKind.Number or FieldKind.Boolean)
        {
            if (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase))
                return true;
            if (text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        Refuse(name, IntakeTexts.FieldNotBoolean);
        return false;
    }

    private DateTimeOffset Date(DateTimeOffset now)
    {
        var field = this[IncidentDate];
        if (field.Kind == FieldKind.Text && ManilaTime.TryParse(field.Text, out var instant))
            return instant;

        var missing = field.Kind == FieldKind.Absent || (field.Kind == FieldKind.Text && field.Text.Trim().Length == 0);
        Refuse(IncidentDate, missing ? IntakeTexts.FieldMissing : IntakeTexts.FieldNotDate);
        return now;
    }

    private List<string> Types()
    {
        var field = this[CrimeTypes];
        // In multipart the list is JSON as text; a bare word is one type.
        if (field.Kind == FieldKind.Text)
            field = ListOrText(field) is { Kind: not FieldKind.Text } list ? list : new Field(FieldKind.List, "", [field.Text]);

        var types = new List<string>();
        if (field.Kind is not (FieldKind.List or FieldKind.Absent))
            Refuse(CrimeTypes, IntakeTexts.FieldNotTypes);
        foreach (var item in field.Items)
        {
            if (PlainText.TryNormaliseLine(item, out var type))
                types.Add(type);
            else
                Refuse(CrimeTypes, IntakeTexts.FieldNotUnicode);
        }

        return types is [""] ? [] : types;
    }

    /// <summary>The list that a text holds as JSON; a text that is none stays as it is.</summary>
    public static Field ListOrText(Field field)
        => field.Kind == FieldKind.Text && field.Text.TrimStart().StartsWith('[') ? ListIn(field.Text) : field;

    private static Field ListIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonBody.Options);
            return Field.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return new Field(FieldKind.Other, "", []);
        }
    }

    private void Blame(SubmissionFault fault)
    {
        var name = fault.Field switch
        {
            nameof(Submission.Title) => Title,
            nameof(Submission.CrimeTypes) => CrimeTypes,
            nameof(Submission.Description) => Description,
            nameof(Submission.OccurredAt) => IncidentDate,
            nameof(Submission.Latitude) => Latitude,
            nameof(Submission.Longitude) => Longitude,
            nameof(Submission.Address) => Address,
            _ => Barangay,
        };
        // What could not even be read was already said; that it is missing too would be wrong.
        if (_errors.ContainsKey(name) && fault.Rule == SubmissionRule.Missing)
            return;

        Refuse(name, fault.Rule switch
        {
            SubmissionRule.Missing => IntakeTexts.FieldMissing,
            SubmissionRule.TooLong => Format(IntakeTexts.FieldTooLong, fault.Limit),
            SubmissionRule.TooShort => Format(IntakeTexts.FieldTooShort, fault.Limit),
            SubmissionRule.TooMany => Format(IntakeTexts.FieldTooMany, fault.Limit),
            SubmissionRule.TooEarly => IntakeTexts.FieldTooEarly,
            SubmissionRule.TooLate => IntakeTexts.FieldTooLate,
            _ => IntakeTexts.FieldNotNumber,
        });
    }

    private string? Refuse(string name, string why)
    {
        if (!_errors.TryGetValue(name, out var texts))
            _errors[name] = texts = [];
        if (!texts.Contains(why))
            texts.Add(why);
        return null;
    }

    private static string Format(string text, int limit) => string.Format(CultureInfo.CurrentCulture, text, limit);
}
