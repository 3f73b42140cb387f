using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Connectors.Contacts;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("(713) 555-0142", "+17135550142")]
    [InlineData("1 713 555 0142", "+17135550142")]
    [InlineData("+49 (30) 90-18.20", "+4930901820")]
    [InlineData("0049 30 901820", "+4930901820")]
    [InlineData("0171 1234567", "01711234567")]
    [InlineData("555-0142", "5550142")]
    [InlineData("+999 1234567", "+9991234567")] // no country has it
    [InlineData("12345", null)]
    [InlineData("+1234567890123456", null)]
    [InlineData("1234567890123456789012345", null)]
    [InlineData("call 7135550142", null)]
    [InlineData("++17135550142", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Normalize_PhoneNumber_IsE164WherePossible(string? text, string? expected) => Assert.Equal(expected, PhoneNumber.Normalize(text, null));

    [Theory]
    [InlineData("America/Chicago", "713-555-0142", "+17135550142")]
    [InlineData("US/Central", "713-555-0142", "+17135550142")] // another name of that zone
    [InlineData("Europe/Dublin", "087 123 4567", "+353871234567")]
    [InlineData("Europe/Berlin", "0171 1234567", "+491711234567")]
    [InlineData("Europe/Berlin", "+1 713 555 0142", "+17135550142")]
    [InlineData("Europe/Berlin", "001 713 555 0142", "+17135550142")]
    [InlineData("Europe/Rome", "06 1234 5678", "+390612345678")] // where the 0 belongs to the number
    [InlineData("Africa/Lagos", "0803 123 4567", "+2348031234567")]
    [InlineData("Asia/Kolkata", "98765 43210", "+919876543210")]
    [InlineData("Etc/UTC", "0171 1234567", "01711234567")] // in no country
    public void Normalize_NumberWithoutItsCountry_IsOneOfThePractices(string zone, string text, string expected) =>
        Assert.Equal(expected, PhoneNumber.Normalize(text, TimeZones.Find(zone)));

    [Theory]
    [InlineData("America/Chicago", "+17135550142", "(713) 555-0142")]
    [InlineData("America/Chicago", "+4930901820", "+49 30 901820")]
    [InlineData("Europe/Berlin", "+4930901820", "030 901820")]
    [InlineData("Europe/Berlin", "+17135550142", "+1 713-555-0142")]
    [InlineData("Etc/UTC", "5550142", "5550142")]
    [InlineData("Etc/UTC", "1", null)]
    public void Show_Number_IsWrittenAsPeopleDo(string zone, string text, string? expected) => Assert.Equal(expected, PhoneNumber.Show(text, TimeZones.Find(zone)));
}
