using Microsoft.AspNetCore.Components;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>The page behind the one-time link that a first start in Production logs. Posts to <c>/account/setup</c>.</summary>
public sealed partial class Setup
{
    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    [SupplyParameterFromQuery(Name = "problem")]
    private string? Code { get; set; }

    private string? Problem => AccountProblems.Words(Code);
}
