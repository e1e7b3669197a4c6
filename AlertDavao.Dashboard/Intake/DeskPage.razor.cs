using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Intake;

public sealed partial class DeskPage
{
    /// <summary>The longest legal report, every letter of it escaped for a form, fits twice.</summary>
    private const int MaxBytes = 1024 * 1024;

    private static readonly (string Value, string Name)[] _sources =
        [(DeskForm.WalkIn, DeskTexts.WalkIn), (DeskForm.Phone, DeskTexts.Phone), (DeskForm.Radio, DeskTexts.Radio)];

    private Guid? _officer;
    private bool _mayFile;
    private bool _seesFiled;
    private FiledReport? _filed;
    private (string What, string Then)? _notSaved;
    private double? _latitude;
    private double? _longitude;
    private string _place = "";

    // Of an officer of one station: its area is tinted on the map.
    private string? _own;

    /// <summary>The report that this officer has just filed.</summary>
    [SupplyParameterFromQuery]
    public string? Filed { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private DeskForm Input { get; set; } = null!;

    [Inject]
    private BarangayChoices Barangays { get; set; } = null!;

    [Inject]
    private ReceiveReport Receive { get; set; } = null!;

    [Inject]
    private ReadFiled Read { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsSent => HttpMethods.IsPost(Http.Request.Method);

    protected override void OnInitialized()
    {
        Input ??= DeskForm.New(Clock.GetUtcNow());
        _officer = AccountClaims.OfficerOf(Http.User);
        var scope = _officer is { } officer ? Scopes.Of(officer) : null;
        _mayFile = scope is { IsEmpty: false };
        _own = scope?.Logs is [var only] ? only : null;
        if (!_mayFile)
            Refuse();
        else if (Guid.TryParse(Filed, out var id) && !IsSent)
            _filed = Read.Run(id, scope!.OfficerId);
        _seesFiled = _filed is not null && scope!.Sees(_filed.Log);
        ShowPlace();
    }

    private async Task Submit()
    {
        if (Input.Read(Barangays, Clock.GetUtcNow()) is not { } incoming)
            return;
        // A form's id is ours; one that is not would be no id of a report.
        if (!Guid.TryParse(Input.Id, out var form) || form.Version != 7)
            Input.Id = (form = Guid.Parse(DeskForm.NewId(Clock.GetUtcNow()))).ToString();

        try
        {
            Answer(await Receive.Run(new DeskSender(_officer!.Value, form), incoming));
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            _notSaved = (DeskTexts.NotSaved, DeskTexts.NotSavedThen);
        }
    }

    private void Answer(Outcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Stored or OutcomeKind.Repeated:
                Navigation.NavigateTo($"{ShellRoutes.FileReport}?{nameof(Filed)}={outcome.ReportId}");
                break;
            case OutcomeKind.NoDuty:
                _mayFile = false;
                Refuse();
                break;
            default:
                Input.Id = DeskForm.NewId(Clock.GetUtcNow());
                _notSaved = (DeskTexts.UsedBefore, DeskTexts.UsedBeforeThen);
                break;
        }
    }

    // The page says so itself; said any earlier, the framework would leave it empty.
    private void Refuse() => Http.Response.OnStarting(() =>
    {
        Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private void ShowPlace()
    {
        (_latitude, _longitude) = (Number(Input.Latitude), Number(Input.Longitude));
        var chosen = Barangays.Find(Input.Barangay);
        if (_latitude is null || _longitude is null)
        {
            _place = chosen is null ? DeskTexts.PlaceNone : Format(DeskTexts.PlaceBarangay, chosen.Name, chosen.Station);
            return;
        }

        var barangay = Barangays.Find(City.Router.Route([], _latitude, _longitude).Barangay?.Psgc);
        _place = barangay is null ? DeskTexts.PlaceOutside : Format(DeskTexts.PlaceIn, barangay.Name, barangay.Station);
    }

    private static string Whither(FiledReport filed)
        => filed.Station is { } station ? Format(DeskTexts.OnBoard, $"{station.Code} {station.ShortName}") : DeskTexts.OnCityDesk;

    private bool IsChosen(string type) => Input.Types?.Contains(type) ?? false;

    // Nothing of an anonymous reporter is written back either.
    private string? Named(string? value) => Input.IsAnonymous ? null : value;

    private static double? Number(string? text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Degrees(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Format(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
