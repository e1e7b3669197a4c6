using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Accounts;

internal static class DutyWords
{
    /// <summary>What an officer serves as, e.g. "Officer at Talomo".</summary>
    public static string Of(Domain.Officers.Duty duty, CityBook city) => duty.Role == DutyRole.CityDesk
        ? AccountTexts.CityDesk
        : string.Format(
            CultureInfo.CurrentCulture,
            duty.Role == DutyRole.StationAdmin ? AccountTexts.AdminAt : AccountTexts.OfficerAt,
            city.Stations[duty.Log].Name);
}
