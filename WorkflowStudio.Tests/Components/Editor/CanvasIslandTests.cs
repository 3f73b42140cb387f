using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Tests.Components.Editor;

public sealed class CanvasIslandTests : BunitContext
{
    [Fact]
    public async Task Call_LostWithTheConnection_EndsWhenThatIsBack_AndEverythingIsDrawnAnew()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule("./canvas/canvas.js");
        module.Mode = JSRuntimeMode.Loose;
        var handle = module.SetupModule(i => i.Identifier == "mount");
        handle.SetupVoid("applyPatch", _ => true); // never answered
        var connection = new TabConnection();
        Services.AddSingleton(connection);
        var redrawn = new TaskCompletionSource();
        var canvas = Render<CanvasIsland>(p => p.Add(c => c.OnLost, () => redrawn.TrySetResult())).Instance;
        await connection.OnConnectionUpAsync(null!, default);
        Assert.False(redrawn.Task.IsCompleted); // it has only just come

        var call = canvas.ApplyPatchAsync(new CanvasPatch()).AsTask();
        await connection.OnConnectionDownAsync(null!, default);
        Assert.False(call.IsCompleted);
        await connection.OnConnectionUpAsync(null!, default);

        await call;
        await redrawn.Task;
        await DisposeComponentsAsync();
    }
}
