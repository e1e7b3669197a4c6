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

    private readonly FieldReader _fields = new(fields);

    /// <summary>By field name of the contract; empty when the form may be submitted.</summary>
    public IReadOnlyDictionary<string, List<string>> Errors => _fields.Errors;

    /// <summary>Whether a field is one of the contract's, files aside.</summary>
    public static bool Knows(string name) => Names.Contains(name);

    /// <summary>SHA-256 over what was sent in the contract's fields: two carriers of the same report have the same.</summary>
    /// <param name="files">SHA-256 of each file, in order.</param>
    public byte[] Fingerprint(IEnumerable<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names)
        {
            var field = _fields[name];
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
            TextNames.Where(name => _fields[name].Kind is not FieldKind.Absent).ToDictionary(
                name => name, name => _fields[name] is { Kind: FieldKind.List, Items: var items } ? string.Join('\n', items) : _fields[name].Text),
            JsonSerializerOptions.Default);

    /// <summary>The submission and who sent it, or null: then <see cref="Errors"/> says why.</summary>
    public (Submission Submission, Reporter Reporter)? Read(ReportSource source, DateTimeOffset now)
    {
        var anonymous = _fields.Boolean(IsAnonymous);
        var submission = new Submission
        {
            Title = _fields.Line(Title) ?? "",
            CrimeTypes = _fields.Types(CrimeTypes),
            Description = _fields.Text(Description) ?? "",
            OccurredAt = _fields.Date(IncidentDate, now),
            Latitude = _fields.Number(Latitude),
            Longitude = _fields.Number(Longitude),
            Address = _fields.Line(Address),
            BarangayHint = _fields.Line(Barangay),
            IsAnonymous = anonymous,
            Source = source,
        };
        var reporter = new Reporter(
            _fields.Reference(UserId), anonymous ? null : _fields.Short(ReporterName), anonymous ? null : _fields.Short(ReporterPhone));
        foreach (var fault in submission.Faults(now))
            Blame(fault);

        return Errors.Count == 0 ? (submission, reporter) : null;
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
        if (Errors.ContainsKey(name) && fault.Rule == SubmissionRule.Missing)
            return;

        _fields.Refuse(name, fault.Rule switch
        {
            SubmissionRule.Missing => IntakeTexts.FieldMissing,
            SubmissionRule.TooLong => FieldReader.Format(IntakeTexts.FieldTooLong, fault.Limit),
            SubmissionRule.TooShort => FieldReader.Format(IntakeTexts.FieldTooShort, fault.Limit),
            SubmissionRule.TooMany => FieldReader.Format(IntakeTexts.FieldTooMany, fault.Limit),
            SubmissionRule.TooEarly => IntakeTexts.FieldTooEarly,
            SubmissionRule.TooLate => IntakeTexts.FieldTooLate,
            _ => IntakeTexts.FieldNotNumber,
        });
    }
}
