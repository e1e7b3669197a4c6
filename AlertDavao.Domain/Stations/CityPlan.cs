using System.Text.RegularExpressions;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Domain.Stations;

/// <summary>
/// The city as it is planned: stations and barangays after some <see cref="CityChange"/>s. Immutable; what it began with is not touched, and
/// what no step changed is the same object.
/// </summary>
public sealed partial class CityPlan
{
    /// <summary>Text elements of a station's name.</summary>
    public const int MaxName = 100;

    /// <summary>Text elements of the name that a board's list has room for.</summary>
    public const int MaxShortName = 30;

    /// <summary>Text elements of its address.</summary>
    public const int MaxAddress = 200;

    /// <summary>Characters of its numbers.</summary>
    public const int MaxNumbers = 100;

    /// <summary>Degrees around a piece in which a border may be as good as touched: some metres.</summary>
    private const double Beside = 0.0001;

    private readonly Dictionary<string, Station> _stations;
    private readonly Dictionary<string, Barangay> _barangays;

    public CityPlan(IEnumerable<Station> stations, IEnumerable<Barangay> barangays)
        : this(
            stations.ToDictionary(station => station.Code, StringComparer.Ordinal),
            barangays.ToDictionary(barangay => barangay.Psgc, StringComparer.Ordinal))
    {
    }

    private CityPlan(Dictionary<string, Station> stations, Dictionary<string, Barangay> barangays)
        => (_stations, _barangays) = (stations, barangays);

    public IReadOnlyDictionary<string, Station> Stations => _stations;

    /// <summary>By PSGC.</summary>
    public IReadOnlyDictionary<string, Barangay> Barangays => _barangays;

    /// <summary>With one more step.</summary>
    /// <exception cref="DomainRuleViolated">The step means nothing here: <c>Plan.</c> and which rule it breaks.</exception>
    public CityPlan After(CityChange change) => change switch
    {
        SetStation station => With(station),
        GiveBarangays mapping => With(mapping),
        MoveGround ground => With(ground),
        _ => throw new DomainRuleViolated("Plan.Unknown"),
    };

    private CityPlan With(SetStation set)
    {
        if (!_stations.ContainsKey(set.Code) && !NewCode().IsMatch(set.Code))
            throw new DomainRuleViolated("Plan.Code");
        if (IsNoLine(set.Name, MaxName) || IsNoLine(set.ShortName, MaxShortName))
            throw new DomainRuleViolated("Plan.Name");
        if (set.Address?.Length > MaxAddress || set.ContactNumbers?.Length > MaxNumbers)
            throw new DomainRuleViolated("Plan.TooLong");
        if ((set.Latitude is null) != (set.Longitude is null) || (set is { Latitude: { } latitude, Longitude: { } longitude } && !new GeoPoint(latitude, longitude).IsOnEarth))
            throw new DomainRuleViolated("Plan.Place");

        var station = new Station(set.Code, set.Name, set.ShortName)
        {
            Address = set.Address,
            Latitude = set.Latitude,
            Longitude = set.Longitude,
            ContactNumbers = set.ContactNumbers,
        };
        return new CityPlan(new(_stations, StringComparer.Ordinal) { [set.Code] = station }, _barangays);
    }

    private CityPlan With(GiveBarangays give)
    {
        // The Cybercrime Division has no ground: what goes there goes by its type (domain: "Routing", 1).
        if (!_stations.ContainsKey(give.Station) || give.Station == LogCode.Cyber)
            throw new DomainRuleViolated("Plan.NoSuchStation");
        if (give.Psgcs.Count == 0)
            throw new DomainRuleViolated("Plan.NoBarangay");

        var barangays = new Dictionary<string, Barangay>(_barangays, StringComparer.Ordinal);
        foreach (var psgc in give.Psgcs)
        {
            if (!barangays.TryGetValue(psgc, out var barangay))
                throw new DomainRuleViolated("Plan.NoSuchBarangay");
            barangays[psgc] = barangay.Of(give.Station);
        }

        return new CityPlan(_stations, barangays);
    }

    private CityPlan With(MoveGround move)
    {
        if (!_barangays.TryGetValue(move.Psgc, out var taker))
            throw new DomainRuleViolated("Plan.NoSuchBarangay");
        if (Ground.Inside(move.Corners) is not { } piece)
            throw new DomainRuleViolated("Plan.NoPiece");
        // A barangay that lay in two places far from one another would be a slip of the pen.
        if (!piece.Intersects(taker.Boundary))
            throw new DomainRuleViolated("Plan.NotBeside");
        if (taker.Boundary.Contains(piece))
            throw new DomainRuleViolated("Plan.ItsOwn");

        var around = piece.EnvelopeInternal;
        around.ExpandBy(Beside);
        var near = _barangays.Values.Where(barangay => barangay.Psgc == move.Psgc || barangay.Boundary.EnvelopeInternal.Intersects(around))
            .ToDictionary(barangay => barangay.Psgc, barangay => barangay.Boundary, StringComparer.Ordinal);
        var after = Ground.Give(near, piece, move.Psgc);
        if (after.Count < near.Count)
            throw new DomainRuleViolated("Plan.NothingLeft");

        var barangays = new Dictionary<string, Barangay>(_barangays, StringComparer.Ordinal);
        // Whoever was only near keeps what is theirs, and the object too.
        foreach (var (psgc, area) in after.Where(one => !one.Value.Normalized().EqualsExact(near[one.Key].Normalized())))
            barangays[psgc] = barangays[psgc].Within(area);
        return new CityPlan(_stations, barangays);
    }

    private static bool IsNoLine(string text, int most)
        => string.IsNullOrWhiteSpace(text) || text.Contains('\n', StringComparison.Ordinal) || new System.Globalization.StringInfo(text).LengthInTextElements > most;

    [GeneratedRegex(@"\APS[1-9][0-9]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NewCode();
}
