using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Practice;

/// <summary>Where clients reach the studio.</summary>
/// <param name="PublicUrl">An absolute address without a slash at its end, for example <c>https://studio.example.com</c>.</param>
public sealed record StudioAddress(string PublicUrl)
{
    /// <summary>The public page of an invoice. Whoever has the token can see it.</summary>
    public string Invoice(string token) => $"{PublicUrl.TrimEnd('/')}/i/{token}";

    /// <summary>An appointment as a file for calendars. Whoever has the token can read it.</summary>
    public string Invitation(string token) => $"{PublicUrl.TrimEnd('/')}/appointments/{token}.ics";

    /// <summary>A calendar that other programs follow. Whoever has the token can.</summary>
    public string CalendarFeed(string token) => $"{PublicUrl.TrimEnd('/')}/calendar/{token}.ics";

    /// <summary>The page on which an approval is decided. Whoever has the token can decide.</summary>
    public string Approval(string token) => $"{PublicUrl.TrimEnd('/')}/approvals/{token}";

    /// <summary>The page of a form. Whoever has the token can fill it in.</summary>
    public string Form(string token) => $"{PublicUrl.TrimEnd('/')}/forms/{token}";
}
